import { strict as assert } from 'node:assert'
import { orderView, type PosTill } from '../../main/pos/desk.ts'
import type { Store } from '../../main/store/store.ts'

/** Each code is held by one redemption at most, each coupon is given in one order, and no order is below zero. */
export function checkMoney(
  open: PosTill,
  store: Pick<Store, 'pos' | 'redemptions'>,
  orderIds: readonly string[],
): void {
  const given = new Map<string, string>()
  for (const id of orderIds) {
    const order = store.pos.order(id)
    assert.notEqual(order, 'unreadable')
    if (order === null || order === 'unreadable') continue
    const view = orderView(open, order, 'en')
    assert.equal(view.deductFen + view.payFen, view.totalFen, id)
    assert.ok(view.payFen >= 0, id)
    for (const { no, instruction } of view.coupons) {
      if (no === null || instruction !== 'give') continue
      assert.equal(given.get(no), undefined, `${no} is given in ${id} and ${given.get(no)}`)
      given.set(no, id)
    }
  }
  const held = new Map<string, number>()
  for (const { couponCode, state } of store.redemptions.recent(200))
    if (state === 'redeemed' || state === 'pending')
      held.set(couponCode, (held.get(couponCode) ?? 0) + 1)
  for (const [code, count] of held) assert.equal(count, 1, `${code} is held ${count} times`)
}
