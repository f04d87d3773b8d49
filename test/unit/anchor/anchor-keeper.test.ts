import { expect, test } from 'vitest'
import { Anchor, maxAnchoredOwners } from '../../../main/anchor/anchor.ts'
import { type AnchorFault, createAnchorKeeper } from '../../../main/anchor/anchor-keeper.ts'
import { maxSecretBytes } from '../../../main/keychain/keytar-secret-store.ts'
import { createLimitedKeychain } from '../../support/limited-keychain.ts'

const digest = Buffer.alloc(32, 7).toString('base64')

export const someAnchor: Anchor = {
  version: 1,
  databaseId: 'b3f1c0de-0000-4000-8000-000000000000',
  generation: 1,
  staff: digest,
  settings: digest,
  audit: { id: 1, rows: 1, digest },
  accepted: null,
  restoring: null,
  profile: [digest],
  owners: [],
  wrongPins: 0,
  verifiedMs: null,
}

function open() {
  const keychain = createLimitedKeychain()
  const faults: AnchorFault[] = []
  const timers: { readonly ms: number; readonly task: () => void }[] = []
  let writes = 0
  const keeper = createAnchorKeeper({
    secrets: {
      read: (name) => keychain.read(name),
      write(name, value) {
        writes += 1
        return keychain.write(name, value)
      },
    },
    after(ms, task) {
      const timer = { ms, task }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
    onFault: (fault) => faults.push(fault),
  })
  return { keychain, keeper, faults, timers, writes: () => writes }
}

const nextGeneration = (anchor: Anchor): Anchor => ({
  ...anchor,
  generation: anchor.generation + 1,
})

test('changes that come at once are written one after the other, together, and none is lost', async () => {
  const { keeper, writes } = open()
  await keeper.place(someAnchor)
  const changes = Array.from({ length: 20 }, () => keeper.change(nextGeneration))
  expect((await Promise.all(changes)).every(({ ok }) => ok)).toBe(true)
  expect(await keeper.read()).toMatchObject({ value: { generation: 21 } })
  // The first alone, and all that came meanwhile.
  expect(writes()).toBe(3)
})

test('a change is made on what the keychain holds, which another process may have written', async () => {
  const { keychain, keeper } = open()
  await keeper.place(someAnchor)
  const elsewhere = { ...someAnchor, profile: [Buffer.alloc(32, 9).toString('base64')] }
  await keychain.write('till-anchor', JSON.stringify(elsewhere))
  await keeper.change(nextGeneration)
  expect(keeper.current()).toEqual({ ...elsewhere, generation: 2 })
})

test('what the keychain refuses is told, and tried again until it succeeds', async () => {
  const { keychain, keeper, faults, timers } = open()
  await keeper.place(someAnchor)
  keychain.fail({ code: 'locked', detail: 'no' })
  expect(await keeper.change(nextGeneration)).toMatchObject({ error: { code: 'locked' } })
  await keeper.settled()
  timers.shift()?.task()
  await keeper.settled()
  expect(faults).toHaveLength(2)
  expect(timers[0]?.ms).toBeGreaterThan(1000)
  keychain.fail(null)
  timers.shift()?.task()
  await keeper.settled()
  expect(await keeper.read()).toMatchObject({ value: { generation: 2 } })
  expect(timers).toEqual([])
})

test('a locked keychain that says it has nothing loses no anchor', async () => {
  const { keychain, keeper } = open()
  await keeper.place(someAnchor)
  await keychain.remove('till-anchor')
  expect(await keeper.change(nextGeneration)).toMatchObject({ error: { code: 'locked' } })
  keeper.stop()
})

test('where there is no anchor, nothing is changed and nothing is tried again', async () => {
  const { keeper, timers } = open()
  expect(await keeper.change(nextGeneration)).toMatchObject({ error: { code: 'missing' } })
  await keeper.settled()
  expect(timers).toEqual([])
})

test('what is no anchor is told apart from none', async () => {
  const { keychain, keeper } = open()
  expect(await keeper.read()).toEqual({ ok: true, value: null })
  await keychain.write('till-anchor', '{"version":1}')
  expect(await keeper.read()).toMatchObject({ error: { code: 'unreadable' } })
})

test('the fullest anchor fits into the smallest keychain', () => {
  const farthest = { id: Number.MAX_SAFE_INTEGER, rows: Number.MAX_SAFE_INTEGER, digest }
  const full = Anchor.parse({
    ...someAnchor,
    generation: Number.MAX_SAFE_INTEGER,
    audit: farthest,
    accepted: farthest,
    restoring: farthest,
    profile: [digest, digest],
    owners: Array.from({ length: maxAnchoredOwners }, () => ({
      id: someAnchor.databaseId,
      name: '店'.repeat(20),
      pinHash: `scrypt$${Buffer.alloc(16).toString('base64')}$${digest}`,
    })),
    verifiedMs: Number.MAX_SAFE_INTEGER,
  })
  expect(Buffer.byteLength(JSON.stringify(full))).toBeLessThanOrEqual(maxSecretBytes)
})
