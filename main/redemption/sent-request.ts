import { z } from 'zod'

const UseBody = z.object({ stock_id: z.string().optional(), appid: z.string().optional() })

/** Returns the batch and appid in a `coupons/use` request. Throws when the body was erased. */
export function sentIn(body: Uint8Array): z.infer<typeof UseBody> {
  return UseBody.parse(JSON.parse(new TextDecoder().decode(body)))
}

/** Returns the batch in a request; `null` when it names none, or was erased. */
export function stockIn(body: Uint8Array): string | null {
  return body.length === 0 ? null : (sentIn(body).stock_id ?? null)
}
