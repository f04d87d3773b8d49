import { beforeEach, describe, expect, test } from 'vitest'
import type { Permission } from '../../../main/contract/permission.ts'
import { err, ok } from '../../../main/contract/result.ts'
import { admit } from '../../../main/ipc/admit.ts'
import { personRequest, requestToApprove } from '../../../main/ipc/person-request.ts'
import { createRecovery } from '../../../main/shop/recovery.ts'
import { createRoster } from '../../../main/shop/roster.ts'
import { createSession, type PersonRequest, type Session } from '../../../main/shop/session.ts'
import { plainPins, recoveryInMemory, staffInMemory } from '../../support/shop-fixture.ts'

function requestThatNeeds(...needs: Permission[]): PersonRequest {
  return { channel: 'test', inputDigest: '', needs }
}

test('what needs no permission, and what is asked where no till is open, is open to everybody', () => {
  const nobodyMay = { admit: () => err({ code: 'role-too-low' as const }) }
  expect(admit(nobodyMay, requestThatNeeds()).ok).toBe(true)
  expect(admit(nobodyMay, requestThatNeeds('redeem'))).toEqual(err({ code: 'role-too-low' }))
  expect(admit(null, requestThatNeeds('set-up')).ok).toBe(true)
  expect(
    admit({ admit: () => ok({ name: '小陈', person: null }) }, requestThatNeeds('redeem')),
  ).toEqual(ok({ name: '小陈', person: null }))
})

test('a request needs what its fields need, each once, and is known by its input', () => {
  const wrapping = { prefixes: [], urlParameters: [] }
  const both = personRequest('preferences.set', { language: 'en', wrapping, textPercent: 125 })
  expect(both.needs).toContain('set-scanner')
  expect(both.needs).not.toContain(null)
  expect(new Set(both.needs).size).toBe(both.needs.length)
  const other = personRequest('preferences.set', { textPercent: 125, wrapping, language: 'en' })
  expect(other.inputDigest).toBe(both.inputDigest)
  const larger = personRequest('preferences.set', { language: 'en', wrapping, textPercent: 150 })
  expect(larger.inputDigest).not.toBe(both.inputDigest)
})

test('what the page could not ask for cannot be approved', () => {
  expect(requestToApprove('handOver.export', { password: 'short', why: 'x' })).toBeNull()
  expect(requestToApprove('no.such', {})).toBeNull()
  expect(requestToApprove('__proto__', {})).toBeNull()
  expect(requestToApprove('app.retry', {})).toMatchObject({ channel: 'app.retry', needs: [] })
})

const elapsed = (): number => 0

describe('an approval that a cashier was given', () => {
  let session: Session
  beforeEach(async () => {
    let ids = 0
    const pins = plainPins
    const newId = (): string => `s${(ids += 1)}`
    const roster = createRoster({ store: staffInMemory(), pins, elapsed, newId })
    session = createSession({
      roster,
      practice: null,
      recovery: createRecovery({ roster, pins, keeper: recoveryInMemory() }),
      elapsed,
      scheduler: { after: () => () => undefined },
      lockAfterMs: () => null,
      onChanged: () => undefined,
      record: () => undefined,
    })
    await roster.save({ id: null, name: '王芳', role: 'owner', pin: '2580' })
    await roster.save({ id: null, name: '小陈', role: 'cashier', pin: '8246' })
    await session.signIn('s2', '8246')
  })

  async function approve(name: string, input: unknown): Promise<void> {
    const request = requestToApprove(name, input)
    if (request === null) throw new Error('the page could not ask for that')
    const given = await session.approve('s1', '2580', request)
    expect(given).toEqual(ok(null))
  }

  test('for an export admits no import', async () => {
    const order = { password: 'correct horse', why: 'new computer' }
    await approve('handOver.export', order)
    expect(admit(session, personRequest('handOver.import', order)).ok).toBe(false)
    expect(admit(session, personRequest('handOver.export', order)).ok).toBe(true)
  })

  test('for a new cashier makes no owner', async () => {
    const form = { id: null, name: '小李', role: 'cashier', pin: '1397' }
    await approve('staff.save', form)
    expect(admit(session, personRequest('staff.save', { ...form, role: 'owner' })).ok).toBe(false)
    expect(admit(session, personRequest('staff.save', form))).toMatchObject({
      value: { name: '小陈 / 王芳' },
    })
    expect(admit(session, personRequest('staff.save', form)).ok).toBe(false)
  })

  test('for one coupon returns no other', async () => {
    const order = { useRequestNo: 'T1-20260105100000-00000001', why: 'wrong', stockId: null }
    await approve('redemption.return', order)
    const other = { ...order, useRequestNo: 'T1-20260105100000-00000002' }
    expect(admit(session, personRequest('redemption.return', other)).ok).toBe(false)
  })

  test('counts for the input as it is read, whatever stands around it', async () => {
    await approve('handOver.export', { why: ' new computer ', password: 'correct horse' })
    const read = { password: 'correct horse', why: 'new computer' }
    expect(admit(session, personRequest('handOver.export', read)).ok).toBe(true)
  })
})
