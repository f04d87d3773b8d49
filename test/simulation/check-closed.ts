import { panelsOf } from './panels.ts'
import type { PlayedShop } from './shop.ts'
import type { Concluded, RowInFile } from './till-file.ts'

/**
 * Returns the numbers that were booked and that a till may close as refused all the same: their reply was lost, no
 * discount was given, WeChat Pay then refused the coupon for good for another reason than its use, and the coupon could
 * not be queried. The till's history has the remark "perhaps redeemed".
 */
export function bookedButClosable(shop: PlayedShop): ReadonlySet<string> {
  const known = closed.get(shop) ?? new Set(find(shop))
  closed.set(shop, known)
  return known
}

const closed = new WeakMap<PlayedShop, ReadonlySet<string>>()

function find(shop: PlayedShop): readonly string[] {
  const { gateway, tills, screen, history } = shop
  const booked = new Set(gateway.effects.map(({ useRequestNo }) => useRequestNo))
  const candidates = tills.flatMap((till) =>
    till.read((file) => {
      const rows = file.rows().filter((row) => row.state === 'refused' && isUngiven(row))
      const concluded = rows.some(isBooked) ? file.concluded() : []
      return rows.filter((row) => isBooked(row) && isRemarked(row, concluded))
    }),
  )
  if (candidates.length === 0) return []
  const given = new Set(
    panelsOf(screen.counters).flatMap(({ verdicts }) =>
      verdicts.flatMap(({ verdict: { instruction, redemption } }) =>
        ['give', 'already-given'].includes(instruction) && redemption
          ? [redemption.useRequestNo]
          : [],
      ),
    ),
  )
  const found = candidates
    .map(({ useRequestNo }) => useRequestNo)
    .filter((number) => !given.has(number) && !isStored(number))
  history.count('booked, not given and closed: nobody could be asked', found.length)
  return found

  function isBooked({ useRequestNo }: RowInFile): boolean {
    return booked.has(useRequestNo)
  }

  /** Only coupons whose codes were uploaded to WeChat Pay can be queried by the code alone. */
  function isStored(useRequestNo: string): boolean {
    return gateway.couponIn(gateway.bodyOf(useRequestNo))?.batch.codes === 'uploaded'
  }
}

function isUngiven({ honoured, isGiven, isOwnerKnown }: RowInFile): boolean {
  return !honoured && !isGiven && !isOwnerKnown
}

function isRemarked({ useRequestNo, reason }: RowInFile, concluded: readonly Concluded[]): boolean {
  const last = concluded.findLast((entry) => entry.useRequestNo === useRequestNo)
  const isSaid = last?.event === 'refused' && last.remark === 'perhaps-redeemed'
  return isSaid && reason !== 'used-elsewhere'
}
