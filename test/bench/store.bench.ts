import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Redemption } from '../../main/redemption/redemption.ts'
import { median } from '../../renderer/scanner/statistics.ts'
import { openTestStore } from '../support/open-test-store.ts'
import type { BenchRow } from './bench-row.ts'
import { seeded } from './corpus/random.ts'
import { benchRedemption, record } from './store/bench-redemption.ts'
import {
  type Contender,
  measureInterleaved,
  type Ratio,
  timeOf,
  warmUp,
} from './store/interleaved.ts'
import { fillWithPast, pastCode } from './store/past.ts'
import { type Job, openBare, openPlainjob } from './store/peers.ts'
import { amend } from '../support/store-fixture.ts'

type Store = ReturnType<typeof openTestStore>

const appid = 'wx0123456789abcdef'
const rounds = 2000
const past = 1_000_000
const recallLimitUs = 100
const random = seeded(7)
const newRedemption = (): Redemption => benchRedemption(appid, random)

/** The batch of all earlier redemptions. */
const pastStock = '1200000000000101'
/** Ways to find an earlier redemption of a scan, each measured as one row. */
const recalls: Readonly<Record<string, (store: Store, code: string) => Redemption | null>> = {
  'its code': (store, code) => store.redemptions.findByCode(code),
  'its code and batch': (store, code) => store.redemptions.findByCode(code, pastStock),
}

export async function bench(): Promise<readonly BenchRow[]> {
  // On a disk, because memory would hide the cost of a commit.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-store-'))
  try {
    return [...benchRecording(folder), ...benchPast(folder)]
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function benchRecording(folder: string): BenchRow[] {
  const store = openTestStore(path.join(folder, 'record.db'))
  const bare = openBare(folder)
  const plainjob = openPlainjob(folder)
  // Each contender looks in its own file first, as a till looks up every scan before it records it.
  const ratioOf = measureInterleaved(rounds, {
    ours: inTwo(
      newRedemption,
      (redemption) => requireUnknown(store, redemption),
      (redemption) => record(store, redemption),
    ),
    bare: inTwo(newRedemption, bare.lookUp, ({ body }) => bare.record(body)),
    plainjob: inTwo(newJob, plainjob.lookUp, plainjob.add),
  })
  for (const opened of [store, bare, plainjob]) opened.close()
  return [
    slower('record a scan / bare commit, µs', ratioOf('ours', 'bare'), 1.5),
    faster('record a scan / plainjob, sealed and audited, per s', ratioOf('ours', 'plainjob'), 0.9),
  ]
}

function benchPast(folder: string): BenchRow[] {
  const files = { full: path.join(folder, 'full.db'), empty: path.join(folder, 'empty.db') }
  for (const file of Object.values(files)) writeOne(file)
  fillWithPast(files.full, past)
  const full = openTestStore(files.full)
  const empty = openTestStore(files.empty)
  const recalled = Object.entries(recalls).map(([by, find]) => recallRow(full, by, find))
  const ratioOf = measureInterleaved(rounds, { full: scanning(full), empty: scanning(empty) })
  full.close()
  empty.close()
  const measure = 'look up and record a scan, 1,000,000 past / empty, µs'
  return [...recalled, slower(measure, ratioOf('full', 'empty'), 1.2)]
}

/** Reads a random one of the million each time, which is hardly ever in a cache. */
function recallRow(
  store: Store,
  by: string,
  find: (store: Store, code: string) => Redemption | null,
): BenchRow {
  const times = Array.from({ length: warmUp + rounds }, () => {
    const code = pastCode(1 + Math.floor(random() * past))
    return timeOf(() => {
      if (find(store, code)?.couponCode !== code) throw new Error('a code is not known')
    })
  }).slice(warmUp)
  const us = median(times)
  const measure = `recall by ${by} among 1,000,000, µs`
  return {
    measure,
    ours: us,
    peer: recallLimitUs,
    ratio: us / recallLimitUs,
    goal: 1,
    better: 'lower',
  }
}

/** Looks up and records, both timed. */
function scanning(store: Store): Contender {
  return inTwo(
    newRedemption,
    () => undefined,
    (redemption) => {
      requireUnknown(store, redemption)
      record(store, redemption)
    },
  )
}

function requireUnknown(store: Store, { couponCode }: Redemption): void {
  if (store.redemptions.findByCode(couponCode)) throw new Error('a new code is known')
}

/** Writes a file with one redemption from an hour ago. */
function writeOne(file: string): void {
  const store = openTestStore(file)
  const redemption = newRedemption()
  record(store, redemption)
  const settledAt = Date.now() - 3_600_000
  amend(
    store,
    { ...redemption, state: 'redeemed', stockId: pastStock, nextAttemptAt: null, settledAt },
    { at: settledAt, event: 'redeemed', evidence: null },
  )
  store.close()
}

/** Splits one call into an untimed and a timed step on the same made object. */
function inTwo<T>(make: () => T, before: (made: T) => void, timed: (made: T) => void): Contender {
  const next = madeBefore(make)
  let made = next()
  return {
    before() {
      made = next()
      before(made)
    },
    timed: () => timed(made),
  }
}

/** Makes the objects beforehand, because making them costs everybody the same. */
function madeBefore<T>(make: () => T): () => T {
  const all = Array.from({ length: warmUp + rounds + 1 }, make).values()
  return () => {
    const next = all.next()
    if (next.done === true) throw new Error('too few were made beforehand')
    return next.value
  }
}

function newJob(): Job {
  const { couponCode: code, useRequestNo, body, recordedAt } = newRedemption()
  return { code, useRequestNo, body: new TextDecoder().decode(body), recordedAt }
}

/** A row for times: less is better. */
function slower(measure: string, ratio: Ratio, goal: number): BenchRow {
  sayRange(measure, ratio.lowest, ratio.highest)
  const { ours, peer } = ratio
  return { measure, ours, peer, ratio: ours / peer, goal, better: 'lower' }
}

/** A row that turns times into rates: more is better. */
function faster(measure: string, ratio: Ratio, goal: number): BenchRow {
  sayRange(measure, 1 / ratio.highest, 1 / ratio.lowest)
  const [ours, peer] = [1e6 / ratio.ours, 1e6 / ratio.peer]
  return { measure, ours, peer, ratio: ours / peer, goal, better: 'higher' }
}

function sayRange(measure: string, lowest: number, highest: number): void {
  console.log(`${measure}: ${lowest.toFixed(2)} to ${highest.toFixed(2)}`)
}
