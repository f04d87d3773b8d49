import { Buffer } from 'node:buffer'
import { z } from 'zod'
import type { Answered, CouponFacts, GatewayReply } from '../redemption/gateway.ts'
import { couponFacts, prestoredFacts } from './facts.ts'
import { parseJson } from './json.ts'
import type { CouponReply, PrestoredCodeReply } from './reply-schemas.ts'

/* A signature does not cover the request, so what a reply names must be compared with what the request was about. */

const Named = z.looseObject({ stock_id: z.string() })

/** Whether the reply to a redemption names the batch that the request named, where both name one. */
export function isOfRequest(body: Uint8Array, reply: GatewayReply): boolean {
  if (reply.kind !== 'answered' || reply.status !== 200) return true
  const asked = Named.safeParse(parseJson(Buffer.from(body)))
  const told = Named.safeParse(reply.body)
  return !asked.success || !told.success || asked.data.stock_id === told.data.stock_id
}

/** The facts of this coupon; `null` where the reply is about another. */
export function factsAbout(
  { couponCode }: { readonly couponCode: string },
  reply: CouponReply,
): CouponFacts | null {
  return isSame(reply.coupon_code, couponCode) ? couponFacts(reply) : null
}

/** The facts of this code, which the merchant uploaded; `null` where the reply is about another. */
export function storedFactsAbout(
  { couponCode, stockId }: { readonly couponCode: string; readonly stockId: string },
  reply: PrestoredCodeReply,
): CouponFacts | null {
  const { code_information: code, coupon_information: coupon } = reply
  const isAboutIt =
    isSame(code.code, couponCode) &&
    isSame(coupon?.coupon_code, couponCode) &&
    isSame(coupon?.stock_id, stockId)
  return isAboutIt ? prestoredFacts(reply) : null
}

/** The reply as one that could not be verified, because it is about something else than the request. */
export function ofAnother(reply: GatewayReply): GatewayReply {
  if (reply.kind !== 'answered') return reply
  const signedWith = reply.signedWith ?? ''
  const unproven = { why: 'of-another', signedWith, tillHas: [] } as const
  return { ...reply, verified: false, carriesSignature: true, unproven } satisfies Answered
}

function isSame(told: string | null | undefined, asked: string): boolean {
  return told == null || told === '' || told === asked
}
