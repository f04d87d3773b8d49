import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bareCodes } from '../../main/contract/code-wrapping.ts'
import { ok } from '../../main/contract/result.ts'
import type { OpenTill } from '../../main/modes/open-till.ts'
import { openShopTill } from '../../main/modes/shop-till.ts'
import { openStation, type Station } from '../../main/modes/station.ts'
import { openStore } from '../../main/store/store.ts'
import { testDataKey } from '../support/test-data-key.ts'
import { openScene } from '../support/wechatpay-scene.ts'

interface Stood {
  readonly station: Station
  readonly faults: unknown[]
  /** What the next opening throws. */
  readonly next: { fails: Error | null }
}

/** A till on a file of the test's own. */
async function stand(): Promise<Stood> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-station-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const scene = await openScene()
  const faults: unknown[] = []
  const next: { fails: Error | null } = { fails: null }
  const open = async (): Promise<OpenTill> => {
    if (next.fails) throw next.fails
    const opened = openStore({ file: path.join(folder, 'till.db'), dataKey: testDataKey })
    if (!opened.ok) throw new Error(opened.error.code)
    const store = opened.value
    const { stop, ...parts } = openShopTill({
      gateway: scene.gateway,
      store,
      tillId: 'T1',
      appid: scene.till.appid,
      wrapping: () => bareCodes,
      onFault: (cause) => faults.push(cause),
    })
    return {
      ...parts,
      mode: 'training',
      keyStorage: 'memory',
      controls: null,
      isAuditIntact: () => store.isAuditIntact(),
      clock: () => scene.gateway.clockSkew(),
      rescue: null,
      certificate: () => null,
      backup: null,
      async close() {
        stop()
        // As a gateway takes its time to close.
        await new Promise((resolve) => setImmediate(resolve))
        store.close()
      },
    }
  }
  const station = await openStation(
    async () => ok(await open()),
    (cause) => faults.push(cause),
  )
  onTestFinished(() => station.close())
  return { station, faults, next }
}

test('while it is opened again there is no till to ask, and nobody who listens meets the closed one', async () => {
  const { station, faults } = await stand()
  const seen: (number | null)[] = []
  const look = (): void => {
    const current = station.current()
    // What the page is sent after each change; a till that is closed cannot be asked for it.
    seen.push(current?.ok === true ? current.value.till.state().queue.waiting : null)
  }
  station.subscribe(look)
  const reopened = station.reopen(look)
  look()
  await reopened
  look()
  expect(seen.at(0)).toBe(0)
  expect(seen).toContain(null)
  expect(seen.at(-1)).toBe(0)
  expect(faults).toEqual([])
})

test('who waits until it is settled finds the new till, however many openings are under way', async () => {
  const { station } = await stand()
  const before = station.current()
  const first = station.reopen()
  const second = station.reopen(() => undefined)
  await station.settled()
  const current = station.current()
  expect(current).toMatchObject({ ok: true })
  expect(current).not.toBe(before)
  await Promise.all([first, second])
  expect(station.current()).toBe(current)
})

test('an opening that throws is an obstacle that can be tried again, and not the closed till', async () => {
  const { station, faults, next } = await stand()
  next.fails = new Error('keys')
  await station.reopen()
  expect(station.obstacle()).toEqual({ code: 'till-not-opened' })
  expect(station.current()).toMatchObject({ ok: false, error: { mode: 'training' } })
  expect(faults).toEqual([next.fails])
  next.fails = null
  await station.reopen()
  expect(station.obstacle()).toBeNull()
})

test('what fails between closing and opening is told, and the till is open all the same', async () => {
  const { station } = await stand()
  const failing = station.reopen(() => {
    throw new Error('the backup could not be put in place')
  })
  await expect(failing).rejects.toThrow('put in place')
  expect(station.current()).toMatchObject({ ok: true })
  await station.reopen()
  expect(station.current()).toMatchObject({ ok: true })
})
