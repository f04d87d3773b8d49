import { beforeEach, describe, expect, test } from 'vitest'
import type { Permission } from '../../../main/contract/permission.ts'
import { permissions, roles } from '../../../main/contract/roles.ts'
import { requests } from '../../../main/contract/api.ts'
import { practiceSupervisor } from '../../../main/contract/staff.ts'
import { createRecovery } from '../../../main/shop/recovery.ts'
import { createRoster, type Roster } from '../../../main/shop/roster.ts'
import {
  createSession,
  type PersonRequest,
  type RecordedAct,
  type Session,
} from '../../../main/shop/session.ts'
import { plainPins, recoveryInMemory, staffInMemory } from '../../support/shop-fixture.ts'

let now = 0
let roster: Roster
let session: Session
let recorded: RecordedAct[] = []
let due: { at: number; task: () => void } | null = null

beforeEach(() => {
  now = 1_000_000
  due = null
  recorded = []
  let ids = 0
  const elapsed = (): number => now
  const pins = plainPins
  roster = createRoster({ store: staffInMemory(), pins, elapsed, newId: () => `s${(ids += 1)}` })
  session = createSession({
    roster,
    recovery: createRecovery({ roster, pins, keeper: recoveryInMemory() }),
    practice: practiceSupervisor,
    elapsed,
    scheduler: {
      after(ms, task) {
        due = { at: now + ms, task }
        return () => {
          due = null
        }
      },
    },
    lockAfterMs: () => 60_000,
    onChanged: () => undefined,
    record: (act) => recorded.push(act),
  })
})

/** A request that needs this, and is about something. */
function to(permission: Permission, what = 'this'): PersonRequest {
  return { channel: permission, inputDigest: what, needs: [permission] }
}

async function hire(): Promise<void> {
  await roster.save({ id: null, name: '王芳', role: 'owner', pin: '2580' })
  await roster.save({ id: null, name: '李强', role: 'supervisor', pin: '1397' })
  await roster.save({ id: null, name: '小陈', role: 'cashier', pin: '8246' })
}

function pass(ms: number): void {
  now += ms
  if (due && due.at <= now) due.task()
}

test('who signed in, whose PIN was refused and who approved what is recorded, and no PIN', async () => {
  await hire()
  await session.signIn('s3', '0000')
  await session.signIn('s3', '8246')
  await session.approve('s2', '1398', to('return'))
  await session.approve('s2', '1397', to('return'))
  expect(recorded).toEqual([
    { event: 'pin-refused', by: '小陈' },
    { event: 'signed-in', by: '小陈' },
    { event: 'pin-refused', by: '李强' },
    { event: 'approved', by: '李强', request: 'return', for: '小陈' },
  ])
})

test('a wrong PIN is recorded and counted too where somebody wants to change theirs', async () => {
  await hire()
  const signed = await session.signIn('s3', '8246')
  if (!signed.ok) throw new Error(signed.error.code)
  const change = { pin: '8247', next: '3691' }
  expect(await session.changePin(null, change)).toMatchObject({ error: { code: 'not-found' } })
  expect(await session.changePin(signed.value, change)).toMatchObject({
    error: { code: 'wrong-pin', triesLeft: 4 },
  })
  expect(await session.changePin(signed.value, { ...change, pin: '8246' })).toMatchObject({
    ok: true,
  })
  expect(recorded).toEqual([
    { event: 'signed-in', by: '小陈' },
    { event: 'pin-refused', by: '小陈' },
  ])
  // They are signed in still, and the next time with the new one.
  expect(session.view().person).toEqual(signed.value)
  expect((await session.signIn('s3', '3691')).ok).toBe(true)
})

test('an approval of somebody whose role does not allow it is no approval in the record', async () => {
  await hire()
  await session.signIn('s3', '8246')
  await session.approve('s3', '8246', to('return'))
  expect(recorded).toEqual([{ event: 'signed-in', by: '小陈' }])
})

describe('who may do what', () => {
  test('without staff everybody may do everything; with staff nobody may before signing in', async () => {
    expect(session.admit(to('set-up')).ok).toBe(true)
    await hire()
    for (const permission of ['redeem', 'set-up'] as const)
      expect(session.admit(to(permission))).toEqual({ ok: false, error: { code: 'signed-out' } })
  })

  test('a cashier may redeem and not return, a supervisor may not change the staff', async () => {
    await hire()
    await session.signIn('s3', '8246')
    expect(session.admit(to('redeem'))).toMatchObject({ ok: true, value: { name: '小陈' } })
    expect(session.admit(to('return'))).toEqual({ ok: false, error: { code: 'role-too-low' } })
    await session.signIn('s2', '1397')
    expect(session.admit(to('return')).ok).toBe(true)
    expect(session.admit(to('manage-staff'))).toEqual({
      ok: false,
      error: { code: 'role-too-low' },
    })
  })

  test('each role may do what the one below it may', () => {
    for (const allowed of Object.values<readonly string[]>(permissions)) {
      const from = roles.findIndex((role) => allowed.includes(role))
      expect(allowed).toEqual(roles.slice(from))
    }
  })

  test('before signing in, only what changes nothing of value is allowed', () => {
    const open = Object.entries(requests).flatMap(([name, { needs }]) => {
      if (needs === null) return [name]
      if (typeof needs === 'string') return []
      return Object.entries(needs).flatMap(([field, need]) => (need ? [] : [`${name} ${field}`]))
    })
    expect(open.toSorted()).toEqual([
      'app.retry',
      'app.snapshot',
      // The lock screen is one that the counter is behind.
      'counter.setInFront',
      // Asks for an owner's PIN itself.
      'owner.confirm',
      'preferences.set compact',
      'preferences.set focusBackMs',
      'preferences.set language',
      'session.approve',
      'session.recover',
      'session.signIn',
      'session.signOut',
      'session.touch',
    ])
  })
})

describe("a supervisor's approval", () => {
  beforeEach(async () => {
    await hire()
    await session.signIn('s3', '8246')
  })

  test('is valid for one order of its kind, and both people are recorded', async () => {
    expect((await session.approve('s2', '1397', to('return'))).ok).toBe(true)
    expect(session.admit(to('decide-review')).ok).toBe(false)
    expect(session.admit(to('return'))).toMatchObject({ value: { name: '小陈 / 李强' } })
    expect(session.admit(to('return')).ok).toBe(false)
  })

  test('is for what was approved, and for no other request of that kind', async () => {
    await session.approve('s2', '1397', to('return', 'coupon 1'))
    expect(session.admit(to('return', 'coupon 2')).ok).toBe(false)
    expect(session.admit({ ...to('return', 'coupon 1'), channel: 'another' }).ok).toBe(false)
    expect(session.admit(to('return', 'coupon 1')).ok).toBe(true)
  })

  test('is given by somebody who may do all that the request needs', async () => {
    const needs = ['set-scanner', 'change-settings'] as const
    const both = { ...to('set-scanner'), needs }
    expect(await session.approve('s2', '1397', both)).toMatchObject({
      error: { code: 'role-too-low' },
    })
    await session.approve('s1', '2580', both)
    expect(session.admit(both)).toMatchObject({ value: { name: '小陈 / 王芳' } })
    expect(session.admit(both).ok).toBe(false)
  })

  test('is no longer valid after a minute or for the next person', async () => {
    await session.approve('s2', '1397', to('return'))
    now += 60_001
    expect(session.admit(to('return')).ok).toBe(false)
    await session.approve('s2', '1397', to('return'))
    session.signOut()
    await session.signIn('s3', '8246')
    expect(session.admit(to('return')).ok).toBe(false)
  })

  test('is not given by a wrong PIN nor by a person without the permission', async () => {
    expect(await session.approve('s2', '1111', to('return'))).toMatchObject({
      error: { code: 'wrong-pin' },
    })
    expect(await session.approve('s3', '8246', to('return'))).toMatchObject({
      error: { code: 'role-too-low' },
    })
    expect(session.admit(to('return')).ok).toBe(false)
  })
})

describe('the automatic lock', () => {
  beforeEach(async () => {
    await hire()
    await session.signIn('s3', '8246')
  })

  test('signs out after the idle time, counted from the last touch', () => {
    pass(59_000)
    session.touch()
    pass(59_000)
    expect(session.view().person?.name).toBe('小陈')
    pass(1000)
    expect(session.view().person).toBeNull()
  })

  test('signs a person out who was removed from the staff', () => {
    roster.remove('s3')
    session.refresh()
    expect(session.admit(to('redeem'))).toEqual({ ok: false, error: { code: 'signed-out' } })
  })

  test('a new role takes effect at once', async () => {
    await roster.save({ id: 's3', name: '小陈', role: 'supervisor', pin: null })
    session.refresh()
    expect(session.admit(to('return')).ok).toBe(true)
  })
})

test('in training a cashier practises with the practice supervisor, who may nothing else', async () => {
  await hire()
  await session.signIn('s3', '8246')
  const { id, pin } = practiceSupervisor
  // It never locks, so that no tries are counted either.
  for (let tries = 0; tries < 7; tries += 1)
    expect(await session.approve(id, '1111', to('honour-anyway'))).toEqual({
      ok: false,
      error: { code: 'wrong-practice-pin' },
    })
  expect(session.admit(to('honour-anyway')).ok).toBe(false)
  expect(await session.approve(id, pin, to('honour-anyway'))).toMatchObject({ ok: true })
  expect(session.admit(to('honour-anyway'))).toMatchObject({ value: { name: '小陈 / 练习店长' } })
  for (const permission of ['manage-staff', 'set-up', 'hand-over', 'change-settings'] as const)
    expect(await session.approve(id, pin, to(permission))).toMatchObject({
      error: { code: 'role-too-low' },
    })
  // Nobody signs in as the practice supervisor.
  expect(await session.signIn(id, pin)).toMatchObject({ error: { code: 'not-found' } })
})
