import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { initialPreferences } from '../../main/contract/preferences.ts'
import { ok } from '../../main/contract/result.ts'
import type { OpenTill } from '../../main/app/open-till.ts'
import { practiceHandOverParty } from '../../main/app/training/practice-hand-over-party.ts'
import { assembleTill } from '../../main/app/assemble-till.ts'
import { hostTill, type TillHost } from '../../main/app/till-host.ts'
import { openStore } from '../../main/store/store.ts'
import { recoveryInMemory } from '../support/shop-fixture.ts'
import { testDataKey } from '../support/test-data-key.ts'
import { openScene } from '../support/wechatpay-scene.ts'

interface Stood {
  readonly tillHost: TillHost
  readonly faults: unknown[]
  /** What the next opening throws; `null`: it succeeds. */
  readonly next: { fails: Error | null }
}

/** Hosts a till on a file of the test's own. */
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
    const { stop, ...parts } = assembleTill({
      shopLock: null,
      gateway: scene.gateway,
      store,
      recovery: recoveryInMemory(),
      practice: null,
      tillId: 'T1',
      appid: scene.till.appid,
      wrapping: () => initialPreferences.wrapping,
      onForget: () => undefined,
      isCounterInFront: () => true,
      onFault: (cause) => faults.push(cause),
    })
    return {
      ...parts,
      mode: 'training',
      identity: { merchantId: scene.till.merchantId, tillId: 'T1' },
      posStore: store.pos,
      keyStorage: 'memory',
      training: null,
      checkRecords: async () => ((await store.audit.isIntact()) ? 'intact' : 'broken'),
      expectScan: () => scene.gateway.expectRequest(),
      clock: () => scene.gateway.clockSkew(),
      rescue: null,
      certificate: () => null,
      foreignHosts: [],
      chain: null,
      noteAct: () => undefined,
      handOverParty: practiceHandOverParty({ credentials: scene.till, publicKey: '' }, 'T1'),
      backup: null,
      async close() {
        stop()
        // Like a gateway, which takes some time to close.
        await new Promise((resolve) => setImmediate(resolve))
        store.close()
      },
    }
  }
  const tillHost = await hostTill(
    async () => ok(await open()),
    (cause) => faults.push(cause),
  )
  onTestFinished(() => tillHost.close())
  return { tillHost, faults, next }
}

test('while the till is reopened there is none to ask, and no listener meets the closed one', async () => {
  const { tillHost, faults } = await stand()
  const seen: (number | null)[] = []
  const look = (): void => {
    const current = tillHost.current()
    // What the page is sent after each change; a closed till must not be asked for it.
    seen.push(current?.ok === true ? current.value.till.state().queue.waiting : null)
  }
  tillHost.subscribe(look)
  const reopened = tillHost.reopen(look)
  look()
  await reopened
  look()
  expect(seen.at(0)).toBe(0)
  expect(seen).toContain(null)
  expect(seen.at(-1)).toBe(0)
  expect(faults).toEqual([])
})

test('whoever waits for the reopening gets the new till, however many reopenings are under way', async () => {
  const { tillHost } = await stand()
  const before = tillHost.current()
  const first = tillHost.reopen()
  const second = tillHost.reopen(() => undefined)
  await tillHost.settled()
  const current = tillHost.current()
  expect(current).toMatchObject({ ok: true })
  expect(current).not.toBe(before)
  await Promise.all([first, second])
  expect(tillHost.current()).toBe(current)
})

test('an opening that throws becomes an obstacle that can be retried, not the closed till', async () => {
  const { tillHost, faults, next } = await stand()
  next.fails = new Error('keys')
  await tillHost.reopen()
  expect(tillHost.obstacle()).toEqual({ code: 'till-not-opened', owners: [], decommissioned: null })
  expect(tillHost.current()).toMatchObject({ ok: false, error: { mode: 'training' } })
  expect(faults).toEqual([next.fails])
  next.fails = null
  await tillHost.reopen()
  expect(tillHost.obstacle()).toBeNull()
})

test('a failure between closing and opening is reported, and the till is opened all the same', async () => {
  const { tillHost } = await stand()
  const failing = tillHost.reopen(() => {
    throw new Error('the backup could not be put in place')
  })
  await expect(failing).rejects.toThrow('put in place')
  expect(tillHost.current()).toMatchObject({ ok: true })
  await tillHost.reopen()
  expect(tillHost.current()).toMatchObject({ ok: true })
})
