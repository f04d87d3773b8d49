import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createDecommission, type Decommission } from '../../../main/app/live/decommission.ts'
import { hasServer } from '../../../main/app/live/chain-files.ts'
import { secretNames } from '../../../main/keychain/secret-store.ts'
import { type AnchoredTill, ownerPin } from '../../support/anchored-till.ts'
import { backupPassword, LostComputer, scan, settled } from '../../support/lost-computer.ts'
import { staffOf } from '../../support/trading-till.ts'

const timeout = 60_000
const order = { word: 'A7', password: backupPassword, movesOpen: true, by: '王芳' }

/** The till's decommissioning, with the obstacle that came after it. */
function decommissionOf(till: AnchoredTill, folder: string | null) {
  const after: { shown: string | null } = { shown: null }
  const decommission: Decommission = createDecommission({
    place: till.place,
    live: () => till.open?.backup ?? null,
    open: () => till.open?.till.state().queue.waiting ?? 0,
    isShopServer: () => hasServer(till.place.folder),
    isOwnerThere: () => till.owner.isConfirmed(),
    chooseFolder: async () => folder,
    async reopen(meanwhile) {
      await till.close()
      try {
        await meanwhile()
      } finally {
        after.shown = await till.start().catch((cause: unknown) => String(cause))
      }
    },
    onFault: () => undefined,
  })
  return { decommission, after }
}

async function confirm(till: AnchoredTill): Promise<void> {
  const [owner] = till.owner.owners()
  expect(await till.owner.confirm({ id: owner?.id ?? '', pin: ownerPin })).toMatchObject({
    ok: true,
  })
}

async function secretsOf({ place }: AnchoredTill): Promise<string[]> {
  const found: string[] = []
  for (const name of secretNames) {
    const read = await place.keychain.read(name)
    if (!read.ok || read.value !== null) found.push(name)
  }
  return found
}

test(
  "the shop's server is not decommissioned from under the other tills",
  { timeout },
  async () => {
    const shop = await LostComputer.open()
    const { old } = shop
    await confirm(old)
    mkdirSync(path.join(old.place.folder, 'shop-server'))
    const { decommission } = decommissionOf(old, shop.stick)
    expect(await decommission.run(order)).toEqual({ ok: false, error: { code: 'is-shop-server' } })
    expect(readdirSync(shop.stick).filter((name) => name.includes('decommissioned'))).toEqual([])
  },
)

test(
  'a decommissioned computer has no key and no record; another goes on with all of it',
  { timeout },
  async () => {
    const shop = await LostComputer.open()
    const { old } = shop
    const [waits = ''] = await shop.coupons(1)
    await shop.control.network({ network: 'cut' })
    expect(await scan(old, waits)).toBe('amber')
    const { decommission, after } = decommissionOf(old, shop.stick)
    const code = async (change: Partial<typeof order>) => {
      const done = await decommission.run({ ...order, ...change })
      return done.ok ? 'done' : done.error.code
    }
    expect(await code({ word: 'A8' })).toBe('wrong-word')
    expect(await code({})).toBe('owner-needed')
    await confirm(old)
    expect(await code({ movesOpen: false })).toBe('open-here')
    expect(await code({ password: 'not the password' })).toBe('wrong-password')
    expect(readdirSync(shop.stick)).toEqual([])
    expect(old.open).not.toBeNull()

    const done = await decommission.run(order)
    const file = done.ok ? done.value : done.error.code
    expect(after.shown).toBe('decommissioned')
    expect(await secretsOf(old)).toEqual([])
    expect(readdirSync(old.place.folder)).toEqual(['decommissioned.json'])
    const said = readFileSync(path.join(old.place.folder, 'decommissioned.json'), 'utf8')
    expect(JSON.parse(said)).toMatchObject({ was: { tillId: 'A7', by: '王芳', open: 1, file } })
    expect(readdirSync(shop.stick)).toEqual([path.basename(file)])

    await shop.control.network({ network: 'up' })
    const other = shop.another()
    expect(await other.takeOver(file, backupPassword)).toBe('moved-here')
    await other.owner.confirm({ id: other.owner.owners()[0]?.id ?? '', pin: ownerPin })
    await shop.giveKeys(other)
    expect(await other.startAndCheck()).toBe('open')
    await settled(other)
    expect(await shop.effects([waits])).toEqual([1])
    await other.close()

    // Here a till can be set up from the start, and nobody is asked for the PIN of the one that was.
    expect(await old.owner.isConfirmed()).toBe(true)
    expect(old.owner.owners()).toEqual([])
    await shop.giveKeys(old, { tillId: 'B1' })
    expect(await old.start()).toBe('open')
    expect(staffOf(old)).toEqual([])
    expect(existsSync(path.join(old.place.folder, 'decommissioned.json'))).toBe(false)
  },
)

test(
  'records that cannot be written, or read again, leave the till as it was',
  { timeout },
  async () => {
    const shop = await LostComputer.open()
    const { old } = shop
    await confirm(old)
    const gone = path.join(shop.stick, 'gone')
    const failed = decommissionOf(old, gone)
    expect(await failed.decommission.run(order)).toMatchObject({ error: { code: 'not-written' } })
    expect(failed.after.shown).toBe('open')
    const cancelled = decommissionOf(old, null)
    expect(await cancelled.decommission.run(order)).toMatchObject({ error: { code: 'cancelled' } })
    expect(old.ask('SELECT count(*) AS count FROM redemption')).toEqual([{ count: 70 }])
  },
)

test(
  'a keychain that locks half-way is gone on with, and what is left opens nowhere',
  { timeout },
  async () => {
    const shop = await LostComputer.open()
    const { old } = shop
    await confirm(old)
    const folder = path.join(shop.stick, 'safe')
    mkdirSync(folder)
    const { keychain } = old.place
    const { decommission, after } = decommissionOf(old, folder)
    const { remove } = keychain
    let removals = 0
    old.place.keychain.remove = (name) => {
      removals += 1
      if (removals === 3) keychain.fail({ code: 'locked', detail: 'locked' })
      return remove(name)
    }
    const done = await decommission.run(order)
    expect(done.ok).toBe(true)
    expect(after.shown).toContain('locked')
    keychain.fail(null)
    expect(await old.start()).toBe('decommissioned')
    expect(await secretsOf(old)).toEqual([])
    expect(readdirSync(old.place.folder)).toEqual(['decommissioned.json'])
    // The same computer can take its records back.
    expect(await old.takeOver(done.ok ? done.value : '', backupPassword)).toBe('moved-here')
  },
)
