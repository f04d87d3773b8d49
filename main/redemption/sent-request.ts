import { z } from 'zod'

const UseBody = z.object({ stock_id: z.string().optional(), appid: z.string().optional() })

/** What a `coupons/use` request says of its coupon. */
export function sentIn(body: Uint8Array): z.infer<typeof UseBody> {
  return UseBody.parse(JSON.parse(new TextDecoder().decode(body)))
}

/** The batch that a request names; `null` where the code alone says which coupon it is, and once the request is erased. */
export function stockIn(body: Uint8Array): string | null {
  return body.length === 0 ? null : (sentIn(body).stock_id ?? null)
}
