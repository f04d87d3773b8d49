import { expect, test } from 'vitest'
import type { Permission } from '../../../main/contract/permission.ts'
import { err, ok } from '../../../main/contract/result.ts'
import { admit } from '../../../main/ipc/admit.ts'

function sessionThatAllows(...allowed: Permission[]) {
  const asked: Permission[] = []
  return {
    asked,
    admit(permission: Permission) {
      asked.push(permission)
      return allowed.includes(permission)
        ? ok({ name: '小陈', person: null })
        : err({ code: 'role-too-low' as const })
    },
  }
}

test('a request that needs two permissions is refused when either is missing, in any order', () => {
  const cashier = sessionThatAllows('redeem')
  expect(admit(cashier, ['redeem'])).toMatchObject({ ok: true, value: { name: '小陈' } })
  expect(admit(cashier, ['redeem', 'set-scanner'])).toEqual(err({ code: 'role-too-low' as const }))
  expect(admit(cashier, ['set-scanner', 'redeem'])).toEqual(err({ code: 'role-too-low' as const }))
  expect(admit(cashier, [null, 'set-scanner'])).toEqual(err({ code: 'role-too-low' as const }))
})

test('a permission needed twice is asked for once, because an approval is valid for one order', () => {
  const cashier = sessionThatAllows('redeem')
  expect(admit(cashier, ['redeem', 'redeem']).ok).toBe(true)
  expect(cashier.asked).toEqual(['redeem'])
})

test('a request that needs no permission, or comes while no till is open, is allowed to everybody', () => {
  expect(admit(sessionThatAllows(), [null]).ok).toBe(true)
  expect(admit(sessionThatAllows(), []).ok).toBe(true)
  expect(admit(null, ['set-up']).ok).toBe(true)
})
