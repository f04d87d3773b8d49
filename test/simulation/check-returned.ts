import type { PlayedShop } from './shop.ts'
import type { SimulatedTill } from './simulated-till.ts'
import type { RowInFile } from './till-file.ts'

interface OpenedFile {
  readonly till: SimulatedTill
  readonly rows: readonly RowInFile[]
  readonly audit: readonly { readonly useRequestNo: string; readonly event: string }[]
}

/**
 * Checks that a coupon returned here is not redeemed again by an entry that another till handed over, unless a person
 * orders it: the coupon is its customer's, and nobody is at the counter with it.
 */
export function checkReturned(
  { gateway }: PlayedShop,
  files: readonly OpenedFile[],
): readonly string[] {
  return files.flatMap(({ till, rows, audit }) => {
    if (till.hasLostTime) return []
    const states = new Map(rows.map(({ useRequestNo, state }) => [useRequestNo, state]))
    const has = (of: string, event: string): boolean =>
      audit.some((entry) => entry.useRequestNo === of && entry.event === event)
    return gateway.returns.flatMap((back) => {
      if (states.get(back.useRequestNo) !== 'returned') return []
      return gateway.effects
        .filter(
          ({ at, coupon, till: by, useRequestNo }) =>
            by === till.id &&
            coupon === back.coupon &&
            at > back.at &&
            // Redeemed before it was ever taken over means that it was scanned here, with its customer at the counter.
            till.tookOver.some(
              (file) => file.at < at && file.useRequestNos.includes(useRequestNo),
            ) &&
            has(useRequestNo, 'taken-over') &&
            !has(useRequestNo, 'sent-again'),
        )
        .map(
          ({ useRequestNo }) =>
            `${useRequestNo}, taken over, redeemed what ${till.id} had returned`,
        )
    })
  })
}
