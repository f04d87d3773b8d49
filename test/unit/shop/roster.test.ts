import { beforeEach, describe, expect, test } from 'vitest'
import type { StaffForm } from '../../../main/contract/staff.ts'
import { scryptPins } from '../../../main/shop/pin-hasher.ts'
import type { PinHasher, StaffStore } from '../../../main/shop/ports.ts'
import { createRoster, type Roster } from '../../../main/shop/roster.ts'
import { heldPins, plainPins, staffInMemory } from '../../support/shop-fixture.ts'

const minute = 60_000
let now = 0
let store: { -readonly [K in keyof StaffStore]: StaffStore[K] } = staffInMemory()
let roster: Roster

function open(pins: PinHasher = plainPins): Roster {
  let ids = store.read().records.length
  return createRoster({ store, pins, elapsed: () => now, newId: () => `s${(ids += 1)}` })
}

beforeEach(() => {
  now = 1_000_000
  store = staffInMemory()
  roster = open()
})

async function add(form: Partial<StaffForm> = {}): Promise<string> {
  const saved = await roster.save({ id: null, name: '王芳', role: 'owner', pin: '2580', ...form })
  if (!saved.ok) throw new Error(saved.error.code)
  return saved.value.id
}

describe('the staff', () => {
  test('begins with an owner and always has one', async () => {
    const first = { id: null, name: '小陈', role: 'cashier', pin: '2580' } as const
    expect(await roster.save(first)).toEqual({ ok: false, error: { code: 'first-is-owner' } })
    const owner = await add()
    const cashier = await add({ name: '小陈', role: 'cashier' })
    const demoted = await roster.save({ id: owner, name: '王芳', role: 'cashier', pin: null })
    expect(demoted).toEqual({ ok: false, error: { code: 'last-owner' } })
    expect(roster.remove(owner)).toEqual({ ok: false, error: { code: 'last-owner' } })
    expect(roster.remove(cashier).ok).toBe(true)
    expect(roster.remove(owner).ok).toBe(true)
    expect(roster.members()).toEqual([])
  })

  test('never has two active members of one name; a name can be used again after its owner left', async () => {
    await add()
    const id = await add({ name: '小陈', role: 'cashier' })
    const again = { id: null, name: '小陈', role: 'cashier', pin: '2580' } as const
    expect(await roster.save(again)).toEqual({ ok: false, error: { code: 'name-taken' } })
    roster.remove(id)
    expect((await roster.save(again)).ok).toBe(true)
  })

  test.each(['0000', '77777777', '1234', '8765', '23456789'])(
    'rejects a PIN as easy as %s',
    async (pin) => {
      const saved = await roster.save({ id: null, name: '王芳', role: 'owner', pin })
      expect(saved).toEqual({ ok: false, error: { code: 'pin-too-easy' } })
    },
  )

  test('keeps the PIN of a member who is changed without a new one', async () => {
    const id = await add()
    await roster.save({ id, name: '王芳芳', role: 'owner', pin: null })
    expect(await roster.check(id, '2580')).toMatchObject({ ok: true, value: { name: '王芳芳' } })
  })

  test('change their own PIN on the one they have, and nothing else', async () => {
    const owner = await add()
    const id = await add({ name: '小陈', role: 'cashier', pin: '8246' })
    expect(await roster.changePin(id, '8246', '1111')).toEqual({
      ok: false,
      error: { code: 'pin-too-easy' },
    })
    expect(await roster.changePin(id, '2580', '3691')).toMatchObject({
      error: { code: 'wrong-pin', triesLeft: 4 },
    })
    expect(await roster.changePin(id, '8246', '3691')).toEqual({ ok: true, value: null })
    expect(await roster.check(id, '8246')).toMatchObject({ error: { code: 'wrong-pin' } })
    expect(await roster.check(id, '3691')).toEqual({
      ok: true,
      value: { id, name: '小陈', role: 'cashier' },
    })
    expect((await roster.check(owner, '2580')).ok).toBe(true)
  })

  test('keep the PIN that an owner gave them while they changed it, and the role', async () => {
    const pins = heldPins()
    await add()
    const id = await add({ name: '小陈', role: 'supervisor', pin: '8246' })
    roster = open(pins)
    const changing = roster.changePin(id, '8246', '3691')
    const saving = roster.save({ id, name: '小陈', role: 'cashier', pin: '4702' })
    pins.go()
    await saving
    expect((await changing).ok).toBe(false)
    expect(await roster.check(id, '4702')).toMatchObject({ ok: true, value: { role: 'cashier' } })
  })

  test('accepts no new member without a PIN', async () => {
    expect((await roster.save({ id: null, name: '王芳', role: 'owner', pin: null })).ok).toBe(false)
  })
})

async function wrong(id: string, times: number) {
  for (let time = 1; time < times; time += 1) await roster.check(id, '9999')
  return roster.check(id, '9999')
}

describe('wrong PINs', () => {
  test('count down and lock the member out at the fifth, even for the right PIN', async () => {
    const id = await add()
    expect(await roster.check(id, '9999')).toMatchObject({ error: { triesLeft: 4 } })
    expect(await wrong(id, 4)).toEqual({
      ok: false,
      error: { code: 'locked-out', waitMs: minute },
    })
    now += minute - 1
    expect(await roster.check(id, '2580')).toMatchObject({
      error: { code: 'locked-out', waitMs: 1 },
    })
    now += 1
    expect((await roster.check(id, '2580')).ok).toBe(true)
    expect(await roster.check(id, '9999')).toMatchObject({ error: { triesLeft: 4 } })
  })

  test('lock out for the whole time again after a restart, whatever the running time says', async () => {
    const id = await add()
    await wrong(id, 5)
    now += minute - 1
    roster = open()
    expect(await roster.check(id, '2580')).toMatchObject({ error: { waitMs: minute } })
    // As in another process, whose running time begins at 0.
    now = 0
    roster = open()
    expect(await roster.check(id, '2580')).toMatchObject({ error: { waitMs: minute } })
    now += minute
    expect((await roster.check(id, '2580')).ok).toBe(true)
  })

  test('lock out for twice as long each time, and never for more than a quarter of an hour', async () => {
    const id = await add()
    await wrong(id, 5)
    const waits: number[] = []
    for (let further = 6; further <= 21; further += 1) {
      now += 15 * minute
      const checked = await roster.check(id, '9999')
      if (!checked.ok && checked.error.code === 'locked-out') waits.push(checked.error.waitMs)
    }
    expect(waits.slice(0, 5)).toEqual([2, 4, 8, 15, 15].map((minutes) => minutes * minute))
    expect(waits.at(-1)).toBe(15 * minute)
    now += 15 * minute
    expect((await roster.check(id, '2580')).ok).toBe(true)
  })

  test('are not taken back by what is put into the file while the till runs', async () => {
    const id = await add()
    const [before] = store.read().records
    await wrong(id, 4)
    if (before) store.save(before)
    expect(await roster.check(id, '9999')).toMatchObject({ error: { code: 'locked-out' } })
  })

  test('end for a member whom an owner changes', async () => {
    const id = await add()
    await wrong(id, 5)
    await roster.save({ id, name: '王芳', role: 'owner', pin: '3691' })
    expect((await roster.check(id, '3691')).ok).toBe(true)
  })

  test('are counted before the hash is checked', async () => {
    const id = await add()
    void roster.check(id, '9999')
    expect(store.read().records[0]?.wrongPins).toBe(1)
  })
})

describe('while a PIN is hashed', () => {
  let owner: string
  let cashier: string
  let pins: ReturnType<typeof heldPins>
  beforeEach(async () => {
    owner = await add()
    cashier = await add({ name: '小陈', role: 'cashier', pin: '8246' })
    pins = heldPins()
    roster = open(pins)
  })

  test('a member who is removed does not come back, by signing in or by being changed', async () => {
    const checking = roster.check(cashier, '8246')
    const saving = roster.save({ id: cashier, name: '小陈', role: 'supervisor', pin: '8246' })
    expect(roster.remove(cashier).ok).toBe(true)
    pins.go()
    expect(await checking).toEqual({ ok: false, error: { code: 'not-found' } })
    expect(await saving).toEqual({ ok: false, error: { code: 'not-found' } })
    expect(roster.members().map(({ id }) => id)).toEqual([owner])
    expect(store.read().records.find(({ id }) => id === cashier)?.isActive).toBe(false)
  })

  test('a PIN that was changed no longer opens', async () => {
    const checking = roster.check(cashier, '8246')
    const saving = roster.save({ id: cashier, name: '小陈', role: 'cashier', pin: '3691' })
    const checkingLate = roster.check(cashier, '8246')
    pins.go()
    await saving
    expect((await checking).ok && (await checkingLate).ok).toBe(false)
  })

  test('the last owner but one cannot be made a cashier twice', async () => {
    pins.go()
    const second = await add({ name: '李强', role: 'owner', pin: '1397' })
    pins = heldPins()
    roster = open(pins)
    const both = [owner, second].map((id) =>
      roster.save({ id, name: id, role: 'cashier', pin: '3691' }),
    )
    pins.go()
    expect((await Promise.all(both)).map(({ ok }) => ok)).toEqual([true, false])
  })

  test('a till that is opened anew writes nothing into the records that were closed', async () => {
    const checking = roster.check(cashier, '8246')
    const saving = roster.save({ id: cashier, name: '小张', role: 'cashier', pin: '3691' })
    roster.stop()
    store.save = () => {
      throw new TypeError('The database connection is not open')
    }
    pins.go()
    expect(await checking).toEqual({ ok: false, error: { code: 'reopened' } })
    expect(await saving).toEqual({ ok: false, error: { code: 'reopened' } })
  })
})

describe('records that cannot be read', () => {
  test('are staff all the same: nobody works without signing in, and the last owner stays', async () => {
    store = staffInMemory(1)
    roster = open()
    expect(roster.members()).toEqual([])
    expect(roster.isEmpty()).toBe(false)
    const id = await add()
    expect(roster.remove(id)).toEqual({ ok: false, error: { code: 'last-owner' } })
  })
})

test('a hash matches only its PIN and differs each time', async () => {
  const hash = await scryptPins.hash('2580')
  expect(hash).not.toContain('2580')
  expect(await scryptPins.hash('2580')).not.toBe(hash)
  expect(await scryptPins.verify('2580', hash)).toBe(true)
  expect(await scryptPins.verify('2581', hash)).toBe(false)
})
