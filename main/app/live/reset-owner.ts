import { err, ok, type Result } from '../../contract/result.ts'
import type { Shop } from '../../shop/shop.ts'
import type { ShopOrder, ShopOrderFault } from './shop-order.ts'

/**
 * Gives an owner another PIN, as the sign-in page does: on the recovery code alone, because cashiers work under the same
 * account of the computer as whoever types this command. Returns what was changed.
 */
export async function resetOwner(
  { name, code, pin }: NonNullable<ShopOrder['resetOwner']>,
  shop: Pick<Shop, 'session' | 'recovery' | 'record'>,
): Promise<Result<readonly string[], ShopOrderFault>> {
  const owner = shop.session
    .view()
    .staff.find((each) => each.role === 'owner' && each.name === name)
  if (owner === undefined) return err({ code: 'owner-unknown', detail: name })
  const by = 'hexiao-till reset-owner'
  shop.record({ event: 'ordered', by, request: 'reset-owner', input: { name } })
  const used = await shop.recovery.use({ id: owner.id, name: null, code, pin })
  if (used.ok) return ok([`staff.${name}.pin`])
  const { code: fault } = used.error
  if (fault === 'wrong-code') return err({ code: 'recovery-code-wrong', detail: '' })
  if (fault === 'pin-too-easy') return err({ code: 'pin-too-easy', detail: name })
  return err({ code: 'interrupted', detail: fault })
}
