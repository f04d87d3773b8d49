import { beforeEach, describe, expect, test } from 'vitest'
import type { StaffForm } from '../../../main/contract/staff.ts'
import { scryptPins } from '../../../main/shop/pin-hasher.ts'
import { createRoster, type Roster } from '../../../main/shop/roster.ts'
import { plainPins, staffInMemory } from '../../support/shop-fixture.ts'

const minute = 60_000
let now = 0
let store = staffInMemory()
let roster: Roster

function open(): Roster {
  let ids = store.all().length
  return createRoster({ store, pins: plainPins, clock: () => now, newId: () => `s${(ids += 1)}` })
}

beforeEach(() => {
  now = 1_000_000
  store = staffInMemory()
  roster = open()
})

async function add(form: Partial<StaffForm> = {}): Promise<string> {
  const saved = await roster.save({ id: null, name: '王芳', role: 'owner', pin: '2580', ...form })
  if (!saved.ok) throw new Error(saved.error)
  return saved.value.id
}

describe('the staff', () => {
  test('begins with an owner and always has one', async () => {
    const first = { id: null, name: '小陈', role: 'cashier', pin: '2580' } as const
    expect(await roster.save(first)).toEqual({ ok: false, error: 'first-is-owner' })
    const owner = await add()
    const cashier = await add({ name: '小陈', role: 'cashier' })
    const demoted = await roster.save({ id: owner, name: '王芳', role: 'cashier', pin: null })
    expect(demoted).toEqual({ ok: false, error: 'last-owner' })
    expect(roster.remove(owner)).toEqual({ ok: false, error: 'last-owner' })
    expect(roster.remove(cashier).ok).toBe(true)
    expect(roster.remove(owner).ok).toBe(true)
    expect(roster.members()).toEqual([])
  })

  test('never has two active members of one name; a name can be used again after its owner left', async () => {
    await add()
    const id = await add({ name: '小陈', role: 'cashier' })
    const again = { id: null, name: '小陈', role: 'cashier', pin: '2580' } as const
    expect(await roster.save(again)).toEqual({ ok: false, error: 'name-taken' })
    roster.remove(id)
    expect((await roster.save(again)).ok).toBe(true)
  })

  test.each(['0000', '77777777', '1234', '8765', '23456789'])(
    'rejects a PIN as easy as %s',
    async (pin) => {
      const saved = await roster.save({ id: null, name: '王芳', role: 'owner', pin })
      expect(saved).toEqual({ ok: false, error: 'pin-too-easy' })
    },
  )

  test('keeps the PIN of a member who is changed without a new one', async () => {
    const id = await add()
    await roster.save({ id, name: '王芳芳', role: 'owner', pin: null })
    expect(await roster.check(id, '2580')).toMatchObject({ ok: true, value: { name: '王芳芳' } })
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
  test('count down and lock the member out at the fifth, over a restart and even for the right PIN', async () => {
    const id = await add()
    expect(await roster.check(id, '9999')).toMatchObject({ error: { triesLeft: 4 } })
    expect(await wrong(id, 4)).toEqual({
      ok: false,
      error: { code: 'locked-out', until: now + minute },
    })
    roster = open()
    expect(await roster.check(id, '2580')).toMatchObject({ error: { code: 'locked-out' } })
    now += minute
    expect((await roster.check(id, '2580')).ok).toBe(true)
    expect(await roster.check(id, '9999')).toMatchObject({ error: { triesLeft: 4 } })
  })

  test('lock out for twice as long each time', async () => {
    const id = await add()
    await wrong(id, 5)
    now += minute
    expect(await wrong(id, 1)).toMatchObject({ error: { until: now + 2 * minute } })
    now += 2 * minute
    expect(await wrong(id, 1)).toMatchObject({ error: { until: now + 4 * minute } })
  })

  test('do not lock out for days when the clock is set back', async () => {
    const id = await add()
    await wrong(id, 5)
    now -= 86_400_000
    expect((await roster.check(id, '2580')).ok).toBe(true)
  })

  test('are counted before the hash is checked', async () => {
    const id = await add()
    void roster.check(id, '9999')
    expect(store.all()[0]?.wrongPins).toBe(1)
  })
})

test('a hash matches only its PIN and differs each time', async () => {
  const hash = await scryptPins.hash('2580')
  expect(hash).not.toContain('2580')
  expect(await scryptPins.hash('2580')).not.toBe(hash)
  expect(await scryptPins.verify('2580', hash)).toBe(true)
  expect(await scryptPins.verify('2581', hash)).toBe(false)
})
