import type { PlayedShop } from '../shop.ts'

const known = new WeakMap<PlayedShop, ReadonlyMap<string, string>>()

/**
 * Returns the coupon of each number that is in a till's file, as code and batch of its request: the ledger knows only what has arrived.
 * Of what was erased there is none.
 */
export function codesInFiles(shop: PlayedShop): ReadonlyMap<string, string> {
  const codes = known.get(shop) ?? read(shop)
  known.set(shop, codes)
  return codes
}

function read({ tills, gateway }: PlayedShop): ReadonlyMap<string, string> {
  return new Map(
    tills.flatMap((till) =>
      till
        .read((file) => file.rows())
        .flatMap(({ useRequestNo, body }) => {
          const sent = body ?? gateway.bodyOf(useRequestNo)
          return sent === '' ? [] : [[useRequestNo, codeIn(sent)] as const]
        }),
    ),
  )
}

function codeIn(body: string): string {
  const code = /"coupon_code":"([^"]+)"/.exec(body)?.[1] ?? ''
  return `${code} ${/"stock_id":"([^"]+)"/.exec(body)?.[1] ?? ''}`
}
