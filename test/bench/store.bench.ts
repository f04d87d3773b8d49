import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { systemScheduler } from '../../main/modes/system-scheduler.ts'
import { createTill, type Till } from '../../main/redemption/till.ts'
import { judge } from '../../main/redemption/outcome.ts'
import type { Redemption } from '../../main/redemption/redemption.ts'
import { openTestStore } from '../support/open-test-store.ts'
import type { BenchRow } from './bench-row.ts'
import { seeded } from './corpus/random.ts'
import { benchRedemption, record } from './store/bench-redemption.ts'
import { createInstantGateway } from './store/instant-gateway.ts'
import { pairwise } from './store/pairwise.ts'
import { fillWithPast, pastCode } from './store/past.ts'
import { type Job, openBare, openLiteque, openPlainjob } from './store/peers.ts'

type Store = ReturnType<typeof openTestStore>

const appid = 'wx0123456789abcdef'
const rounds = 2000
const drainRounds = 12
const drainLength = 100
const past = 1_000_000
const random = seeded(7)
const newRedemption = (): Redemption => benchRedemption(appid, random)

export async function bench(): Promise<readonly BenchRow[]> {
  // On a disk: memory would hide what a commit costs.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-store-'))
  try {
    return [
      ...(await benchRecording(folder)),
      await benchDrain(folder),
      ...(await benchPast(folder)),
    ]
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function benchRecording(folder: string): Promise<BenchRow[]> {
  const store = openTestStore(path.join(folder, 'record.db'))
  const bare = openBare(folder)
  const plainjob = openPlainjob(folder)
  const liteque = openLiteque(folder)
  // Made beforehand: making one is the same work for everybody.
  const scans = Array.from({ length: 6 * rounds }, newRedemption).values()
  const next = (): Redemption => take(scans)
  const jobs = Array.from({ length: 2 * rounds }, () => jobOf(newRedemption())).values()
  const ours = (): void => record(store, next())
  const toBare = await pairwise(rounds, ours, () => bare.record(next().body))
  const toPlainjob = await pairwise(rounds, ours, () => plainjob.add(take(jobs)))
  const toLiteque = await pairwise(rounds, ours, () => liteque.add(take(jobs)))
  for (const opened of [store, bare, plainjob, liteque]) opened.close()
  return [
    slower('record a scan / bare commit, µs', toBare, 1.2),
    faster('record a scan / plainjob add, per s', toPlainjob, 0.95),
    faster('record a scan / liteque enqueue, per s', toLiteque, 2),
  ]
}

/** Ours is the whole outbox of a till, with a gateway that answers at once; plainjob's worker does nothing at all. */
async function benchDrain(folder: string): Promise<BenchRow> {
  const store = openTestStore(path.join(folder, 'drain.db'))
  const plainjob = openPlainjob(fs.mkdtempSync(path.join(folder, 'drain-')))
  const times = { ours: 0, peer: 0 }
  for (let round = 0; round < drainRounds; round += 1) {
    for (let entry = 0; entry < drainLength; entry += 1) {
      record(store, newRedemption())
      plainjob.add(jobOf(newRedemption()))
    }
    times.ours += await timeOf(() => drain(store))
    times.peer += await timeOf(() => plainjob.drain())
  }
  store.close()
  plainjob.close()
  const perEntry = 1000 / (drainRounds * drainLength)
  const microseconds = { ours: times.ours * perEntry, peer: times.peer * perEntry }
  return faster('settle an entry / plainjob drain, per s', microseconds, 1.1)
}

async function drain(store: Store): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let sent = 0
  const till = openTill(store, () => (sent += 1))
  till.subscribe(() => {
    // Counting is not asked of the peer: only once all were sent.
    if (sent >= drainLength && store.counts().waiting === 0) resolve()
  })
  till.start()
  await promise
  till.stop()
}

function openTill(store: Store, onUse?: () => void): Till {
  return createTill({
    gateway: createInstantGateway(onUse),
    judge,
    store,
    clock: Date.now,
    random,
    scheduler: systemScheduler,
    tillId: 'B1',
    appid,
    codeRules: { merchantPatterns: [] },
    patienceMs: 5000,
    perSecond: Infinity,
    onFault(cause) {
      throw cause
    },
  })
}

async function benchPast(folder: string): Promise<BenchRow[]> {
  const files = { ours: path.join(folder, 'past.db'), peer: path.join(folder, 'empty.db') }
  const only = { ours: openWithOne(files.ours), peer: openWithOne(files.peer) }
  fillWithPast(files.ours, past)
  const full = openTestStore(files.ours)
  const empty = openTestStore(files.peer)
  const scans = Array.from({ length: 2 * rounds }, newRedemption).values()
  function scan(store: Store): void {
    const redemption = take(scans)
    if (store.findByCode(redemption.couponCode)) throw new Error('a new code is known')
    record(store, redemption)
  }
  // Recalls first: what they ask for is as cold as it is at a till.
  const [fullTill, emptyTill] = [openTill(full), openTill(empty)]
  await recall(fullTill, only.ours)
  const recalling = await pairwise(
    rounds,
    // Any of the million, not one that is still warm.
    () => recall(fullTill, pastCode(1 + Math.floor(random() * past))),
    () => recall(emptyTill, only.peer),
  )
  const recording = await pairwise(
    rounds,
    () => scan(full),
    () => scan(empty),
  )
  full.close()
  empty.close()
  return [
    slower('look up and record a scan, 1,000,000 past / empty, µs', recording, 1.2),
    slower('recall at a scan, 1,000,000 past / empty, µs', recalling, 1.2),
  ]
}

async function recall(till: Till, payload: string): Promise<void> {
  const { reason } = await till.redeem({ payload, source: 'scanned' })
  if (reason !== 'redeemed-here-before') throw new Error(`a known code is ${reason}`)
}

/** Writes a file with one redemption of an hour ago; returns its code. */
function openWithOne(file: string): string {
  const store = openTestStore(file)
  const redemption = newRedemption()
  record(store, redemption)
  const settledAt = Date.now() - 3_600_000
  store.update(
    { ...redemption, state: 'redeemed', nextAttemptAt: null, settledAt },
    { at: settledAt, event: 'redeemed', evidence: null },
  )
  store.close()
  return redemption.couponCode
}

function take<T>(from: Iterator<T>): T {
  const next = from.next()
  if (next.done === true) throw new Error('too few were made beforehand')
  return next.value
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function jobOf(redemption: Redemption): Job {
  const { couponCode: code, useRequestNo, body } = redemption
  return { code, useRequestNo, body: new TextDecoder().decode(body) }
}

/** From times: less is better. */
function slower(
  measure: string,
  { ours, peer }: { ours: number; peer: number },
  goal: number,
): BenchRow {
  return { measure, ours, peer, ratio: ours / peer, goal, better: 'lower' }
}

/** From times to rates: more is better. */
function faster(measure: string, times: { ours: number; peer: number }, goal: number): BenchRow {
  const [ours, peer] = [1e6 / times.ours, 1e6 / times.peer]
  return { measure, ours, peer, ratio: ours / peer, goal, better: 'higher' }
}
