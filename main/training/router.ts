import type { ApiReply } from './api-reply.ts'
import type { Behaviour } from './behaviour.ts'
import { notFound } from './coupon-errors.ts'
import { type IncomingRequest, decodeSegment } from './incoming-request.ts'
import { listCertificates } from './platform-signing.ts'
import { queryCoupon, queryPrestoredCode, queryStock } from './queries.ts'
import { returnCoupon } from './return-coupon.ts'
import { useCoupon } from './use-coupon.ts'
import type { Merchant, World } from './world.ts'

const busifavor = '/v3/marketing/busifavor'

/** Passes an authenticated request to its endpoint and returns the reply. */
export function route(
  request: IncomingRequest,
  context: { world: World; behaviour: Behaviour; merchant: Merchant; now: number },
): ApiReply {
  const [path = ''] = request.target.split('?', 1)
  const { method, body } = request
  if (method === 'POST' && path === `${busifavor}/coupons/use`) {
    return useCoupon({ ...context, body })
  }
  if (method === 'POST' && path === `${busifavor}/coupons/return`) {
    return returnCoupon({ ...context, body })
  }
  if (method !== 'GET') return notFound()
  if (path === '/v3/certificates') return listCertificates(context.world, context.behaviour)

  const parts = path
    .slice(busifavor.length + 1)
    .split('/')
    .map(decodeSegment)
  const [kind, id, sub, code, appids, appid] = parts
  if (!path.startsWith(`${busifavor}/`) || id === undefined) return notFound()
  if (kind === 'stocks') {
    if (sub === undefined) return queryStock(context, id)
    if (sub === 'couponcodes' && code !== undefined) return queryPrestoredCode(context, id, code)
  }
  const isCoupon = kind === 'users' && sub === 'coupons' && appids === 'appids'
  if (isCoupon && code !== undefined && appid !== undefined)
    return queryCoupon(context, id, code, appid)
  return notFound()
}
