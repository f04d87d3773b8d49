import Database from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { putInPlace } from '../../../main/store/backup.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'
import { takeFrom } from '../../support/take-from.ts'

const recorded = { at: 1, event: 'recorded', evidence: null } as const
const handing = {
  at: 2,
  event: 'handed-over',
  evidence: { by: 'Li', how: 'hand-over', why: 'new computer' },
} as const
const taking = { ...handing, at: 3, event: 'taken-over' } as const
const password = 'a long password'
const nothing = { appid: 'wx0', running: new Set<string>() }
const entry = pendingRedemption(1, { inFlight: false })
const { useRequestNo, couponCode } = entry

let folder: string
beforeEach(() => {
  const temporary = temporaryFolder()
  folder = temporary.path
  return () => temporary.remove()
})

function open(name: string, key?: Uint8Array): Store {
  const store = openTestStore(path.join(folder, name), key)
  onTestFinished(() => store.close())
  return store
}

function running(no: string): typeof nothing {
  return { ...nothing, running: new Set([no]) }
}

function give(store: Store): Uint8Array {
  const sealed = store.handOvers.give(password, handing)
  if (!sealed.ok) throw new Error(sealed.error.code)
  return sealed.value
}

test('an entry that comes back is sealed with the current key, although the first key is lost', async () => {
  const first = openTestStore(path.join(folder, 'first.db'))
  first.redemptions.insert(entry, recorded)
  const out = give(first)
  first.close()
  const second = open('second.db')
  takeFrom(out, password, (entries) => second.handOvers.take(entries, taking, nothing))
  const back = give(second)
  const again = open('first.db', randomBytes(32))
  expect(again.redemptions.find(useRequestNo)).toBeNull()
  expect(
    takeFrom(out, password, (entries) => again.handOvers.take(entries, taking, nothing)),
  ).toMatchObject({
    value: { known: 1 },
  })
  expect(
    takeFrom(back, password, (entries) => again.handOvers.take(entries, taking, nothing)),
  ).toMatchObject({
    value: { taken: 1 },
  })
  expect(again.redemptions.findByCode(couponCode)?.state).toBe('pending')
  expect(Buffer.from(again.redemptions.find(useRequestNo)?.body ?? []).equals(entry.body)).toBe(
    true,
  )
  expect(await again.audit.isIntact()).toBe(true)
})

/**
 * Returns a till that handed something over and was then restored to an earlier backup, and the file that comes back.
 */
async function restored(): Promise<{ store: Store; back: Uint8Array }> {
  const file = path.join(folder, 'first.db')
  const copy = path.join(folder, 'copy.db')
  const first = openTestStore(file)
  first.redemptions.insert(entry, recorded)
  await first.backUp(copy)
  const out = give(first)
  first.close()
  putInPlace(copy, file)
  const second = open('second.db')
  takeFrom(out, password, (entries) => second.handOvers.take(entries, taking, nothing))
  amend(
    second,
    { ...entry, handOvers: 1, attempts: 5, honouredValueFen: 700, honoured: true },
    { ...recorded, event: 'honoured' },
  )
  return { store: open('first.db'), back: give(second) }
}

test("a restored till that went on with what it had handed over takes the other till's knowledge, and loses none of its own", async () => {
  const { store, back } = await restored()
  const here = store.redemptions.find(useRequestNo) ?? entry
  expect(here).toMatchObject({ state: 'pending', uncertain: true, handOvers: 0 })
  const given = { at: 9, by: 'Wang', fen: 700 }
  amend(store, { ...here, given, attempts: 8 }, { ...recorded, event: 'honoured' })
  expect(
    takeFrom(back, password, (entries) => store.handOvers.take(entries, taking, nothing)),
  ).toMatchObject({
    value: { taken: 1 },
  })
  expect(store.redemptions.find(useRequestNo)).toMatchObject({
    uncertain: true,
    honoured: true,
    honouredValueFen: 700,
    given,
    attempts: 8,
    handOvers: 2,
  })
})

test('an entry with a request under way here is not overwritten', async () => {
  const { store, back } = await restored()
  expect(
    takeFrom(back, password, (entries) =>
      store.handOvers.take(entries, taking, running(useRequestNo)),
    ),
  ).toEqual({
    ok: false,
    error: { code: 'busy' },
  })
  expect(
    takeFrom(back, password, (entries) =>
      store.handOvers.take(entries, taking, running('another')),
    ),
  ).toMatchObject({
    ok: true,
  })
  // An entry without news does not prevent taking over the others.
  expect(
    takeFrom(back, password, (entries) =>
      store.handOvers.take(entries, taking, running(useRequestNo)),
    ),
  ).toMatchObject({
    value: { known: 1 },
  })
})

test('a decision made after the restore stays', async () => {
  const { store, back } = await restored()
  amend(
    store,
    { ...entry, state: 'redeemed', uncertain: true, settledAt: 5, nextAttemptAt: null },
    { ...recorded, event: 'redeemed' },
  )
  expect(
    takeFrom(back, password, (entries) => store.handOvers.take(entries, taking, nothing)),
  ).toMatchObject({
    value: { known: 1 },
  })
  expect(store.redemptions.find(useRequestNo)?.state).toBe('redeemed')
})

test('a till that lost time takes entries over as perhaps sent; another takes them over unchanged', async () => {
  const first = open('first.db')
  first.redemptions.insert(entry, recorded)
  const out = give(first)
  const file = path.join(folder, 'second.db')
  openTestStore(file).close()
  copyFileSync(file, path.join(folder, 'copy.db'))
  const whole = openTestStore(file)
  takeFrom(out, password, (entries) => whole.handOvers.take(entries, taking, nothing))
  expect(whole.redemptions.find(useRequestNo)?.uncertain).toBe(false)
  whole.close()
  // In the time now lost it had already taken the entry over.
  putInPlace(path.join(folder, 'copy.db'), file)
  const store = open('second.db')
  takeFrom(out, password, (entries) => store.handOvers.take(entries, taking, nothing))
  expect(store.redemptions.find(useRequestNo)?.uncertain).toBe(true)
})

test('what is kept of a hand-over needs the data key, and not its password alone', () => {
  const store = openTestStore(path.join(folder, 'first.db'))
  store.redemptions.insert(entry, recorded)
  const out = give(store)
  const [kept] = store.handOvers.list()
  expect(store.handOvers.again(kept?.id ?? 0)).toEqual(out)
  const bytes = Buffer.concat(
    readdirSync(folder).map((name) => readFileSync(path.join(folder, name))),
  )
  store.close()
  expect(bytes.includes('HXTILL')).toBe(false)
  expect(bytes.includes(Buffer.from(out).subarray(40, 80))).toBe(false)
  const other = open('first.db', randomBytes(32))
  expect(other.handOvers.again(kept?.id ?? 0)).toBeNull()
})

test('what an earlier version kept under the password alone is sealed when the file is opened, and overwritten', () => {
  const file = path.join(folder, 'first.db')
  const store = openTestStore(file)
  store.redemptions.insert(entry, recorded)
  const out = give(store)
  store.close()
  const database = new Database(file)
  database.prepare('UPDATE hand_over SET sealed = ?').run(out)
  database.close()
  const bytes = (): Buffer =>
    Buffer.concat(readdirSync(folder).map((name) => readFileSync(path.join(folder, name))))
  expect(bytes().includes('HXTILL2')).toBe(true)
  const again = open('first.db')
  expect(bytes().includes('HXTILL2')).toBe(false)
  expect(bytes().includes(Buffer.from(out).subarray(40, 80))).toBe(false)
  expect(again.handOvers.again(again.handOvers.list()[0]?.id ?? 0)).toEqual(out)
})
