import { expect, test } from 'vitest'
import { tell } from '../../../main/redemption/telling.ts'
import { pendingRedemption } from '../../support/store-fixture.ts'

test.each([
  ['a query or a person found unused', 'not-redeemed', 'amber', 'kept-by-customer'],
  ['a person booked as redeemed', 'confirmed', 'red', 'resolved-here'],
  ['a person booked as a loss', 'loss', 'red', 'resolved-here'],
] as const)(
  'a coupon that %s says so to whoever has it before them',
  (_, resolution, tone, reason) => {
    const redemption = {
      ...pendingRedemption(1),
      state: 'resolved',
      resolution,
      settledAt: 9,
    } as const
    const situation = {
      stock: null,
      outside: null,
      shop: null,
      isAttended: true,
      isRecall: false,
      offline: null,
    }
    expect(tell({ ...situation, redemption, mayBeHonoured: true, said: null })).toMatchObject({
      tone,
      reason,
      instruction: 'do-not-give',
    })
  },
)
