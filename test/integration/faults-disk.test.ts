import Database from 'better-sqlite3'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { judgeReply } from '../../main/redemption/judge-reply.ts'
import type { TillStore } from '../../main/redemption/ports.ts'
import { createTill, type Till } from '../../main/redemption/till.ts'
import { defaultLimits } from '../../main/redemption/till-parts.ts'
import { onlyPcClock, plainRules } from '../support/plain-till-parts.ts'
import { createControlClient } from '../../main/training/control-client.ts'
import { type StandIn, startStandIn } from '../../main/training/stand-in.ts'
import { testDataKey } from '../support/test-data-key.ts'
import { openStore } from '../../main/store/store.ts'
import { createInstantGateway } from '../bench/store/instant-gateway.ts'
import { TillFile } from '../simulation/till-file.ts'
import { openTestStore } from '../support/open-test-store.ts'
import { newCoupon } from '../support/kill-rounds.ts'
import { scanOf } from '../support/scan-of.ts'
import { pendingRedemption } from '../support/store-fixture.ts'
import { mountSmallDisk, type SmallDisk, whyNoMount } from '../support/small-disk.ts'
import { enrolTillProcess, TillProcess } from '../support/spawn-till.ts'

const reason = whyNoMount()

describe.skipIf(reason !== null)(`a separate disk${reason ? ` (not here: ${reason})` : ''}`, () => {
  let disk: SmallDisk
  let file: string

  beforeEach(() => {
    disk = mountSmallDisk(1)
    file = path.join(disk.folder, 'till.db')
  })

  afterEach(() => {
    disk.remove()
  })

  test('on a full disk nothing is acknowledged and nothing is sent; with room again the till goes on', async () => {
    const store = openTestStore(file)
    const sent: string[] = []
    const till = openTill(store, sent)
    const first = await till.redeem(scanOf(codeOf(1)))
    expect(first.tone).toBe('green')
    disk.fill()
    // Fills what room is left in the log first.
    let told = 1
    let refusal: unknown
    const faults: unknown[] = []
    for (let scan = 2; refusal === undefined && scan < 2000; scan += 1) {
      // A scan that was recorded and sent fails when its reply finds no room.
      const [outcome] = await Promise.allSettled([till.redeem(scanOf(codeOf(scan)))])
      if (outcome.status === 'rejected') faults.push(outcome.reason)
      else if (outcome.value.redemption === null) refusal = outcome.value
      else told += 1
    }
    for (const fault of faults) expect(fault).toMatchObject({ code: 'SQLITE_FULL' })
    expect(refusal).toMatchObject({
      tone: 'red',
      reason: 'not-saved-disk-full',
      instruction: 'do-not-give',
    })
    const rows = readRows(file)
    // The refused scan may have been recorded and sent before its reply found no room.
    expect(rows.length - told).toBeLessThanOrEqual(1)
    expect(new Set(sent)).toEqual(new Set(rows.map((row) => row.body)))
    disk.free()
    expect((await till.redeem(scanOf(codeOf(9999)))).tone).toBe('green')
    till.stop()
    store.close()
  })

  test('a new file on a full disk or in a read-only folder fails with a value that has its cause', () => {
    disk.fill()
    expect(openStore({ file, dataKey: testDataKey })).toMatchObject({
      ok: false,
      error: { code: 'disk-full' },
    })
    disk.free()
    disk.makeReadOnly()
    expect(openStore({ file, dataKey: testDataKey })).toMatchObject({
      ok: false,
      error: { code: 'not-writable' },
    })
  })

  test('a file that became read-only is not reported as damaged', () => {
    const store = openTestStore(file)
    store.redemptions.insert(pendingRedemption(1), { at: 1, event: 'recorded', evidence: null })
    store.close()
    disk.makeReadOnly()
    expect(openStore({ file, dataKey: testDataKey })).toMatchObject({
      ok: false,
      error: { code: 'not-writable' },
    })
    expect(fs.readdirSync(disk.folder)).toEqual(['till.db'])
  })
})

describe('a file that other programs use too', () => {
  let folder: string
  let standIn: StandIn | undefined

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shared-file-'))
  })

  afterEach(async () => {
    await standIn?.close()
    standIn = undefined
    fs.rmSync(folder, { recursive: true, force: true })
  })

  test('is reported as locked when another program locked it, and is not moved aside', () => {
    const file = path.join(folder, 'till.db')
    openTestStore(file).close()
    const other = new Database(file)
    other.pragma('locking_mode = EXCLUSIVE')
    other.exec('BEGIN EXCLUSIVE')
    expect(openStore({ file, dataKey: testDataKey })).toMatchObject({
      ok: false,
      error: { code: 'locked' },
    })
    other.close()
    expect(fs.readdirSync(folder)).not.toContain('till.db.damaged-1')
    openTestStore(file).close()
  })

  test('is reported at once when it is locked while the till runs, and nothing is recorded or sent', async () => {
    const file = path.join(folder, 'till.db')
    const store = openTestStore(file)
    const sent: string[] = []
    const till = openTill(store, sent)
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    const startedAt = performance.now()
    expect(await till.redeem(scanOf(codeOf(1)))).toMatchObject({
      tone: 'red',
      reason: 'not-saved-file-locked',
      redemption: null,
    })
    // SQLite itself would wait for 5 s.
    expect(performance.now() - startedAt).toBeLessThan(4500)
    expect(sent).toEqual([])
    other.exec('ROLLBACK')
    other.close()
    expect(await till.redeem(scanOf(codeOf(1)))).toMatchObject({
      tone: 'green',
    })
    till.stop()
    store.close()
  })

  test('loses nothing and redeems nothing twice when two tills use it', async () => {
    const file = path.join(folder, 'till.db')
    standIn = await startStandIn()
    const control = createControlClient(standIn.controlOrigin)
    const secrets = await enrolTillProcess(control)
    const codes = Array.from({ length: 30 }, (_, index) => codeOf(index))
    await control.putCoupons({ stocks: [], coupons: codes.map((code) => newCoupon(code)) })
    const tills = ['A1', 'A2'].map(
      (tillId) => new TillProcess({ file, tillId, origin: String(standIn?.origin), secrets }),
    )
    await Promise.all(tills.map((till) => till.next('ready')))
    // Each code at both tills at the same moment.
    for (const code of codes) for (const till of tills) till.scan(code)
    await expect
      .poll(() => tills.map((till) => till.printed.filter(({ kind }) => kind === 'verdict').length))
      .toEqual([codes.length, codes.length])
    // On a busy machine a verdict may be "not yet": what waits is sent afterwards.
    await expect
      .poll(async () => (await control.ledger({})).effects.length)
      .toBeGreaterThanOrEqual(codes.length)
    await Promise.all(tills.map((till) => till.kill()))
    const { effects } = await control.ledger({})
    expect(effects.map(({ code }) => code).toSorted()).toEqual(codes.toSorted())
    const numbers = new Set(readRows(file).map((row) => row.useRequestNo))
    for (const line of tills.flatMap((till) => till.printed)) {
      if (line.kind !== 'verdict') continue
      expect(numbers).toContain(line.verdict.redemption?.useRequestNo)
      if (line.verdict.tone !== 'green') continue
      const number = line.verdict.redemption?.useRequestNo
      expect(effects.map(({ useRequestNo }) => useRequestNo)).toContain(number)
    }
  })
})

function openTill(store: TillStore, sent: string[]): Till {
  const instant = createInstantGateway()
  return createTill({
    identity: { tillId: 'D1', appid: 'wx0123456789abcdef' },
    gateway: {
      ...instant,
      useCoupon(body, options) {
        sent.push(new TextDecoder().decode(body))
        return instant.useCoupon(body, options)
      },
    },
    judgeReply,
    store,
    clocks: onlyPcClock(Date.now),
    random: Math.random,
    scheduler: { after: () => () => {} },
    rules: plainRules,
    limits: defaultLimits,
    isCounterInFront: () => true,
    onFault: () => {},
  })
}

function readRows(file: string) {
  const reader = new TillFile(file)
  const rows = reader.rows()
  reader.close()
  return rows
}

function codeOf(number: number): string {
  return String(number).padStart(22, '8')
}
