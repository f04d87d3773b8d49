import { createSecretKey, generateKeyPairSync } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeReply, judgeReturn } from '../../../main/redemption/judge-reply.ts'
import { couponFacts, prestoredFacts, stockFacts } from '../../../main/wechatpay/facts.ts'
import { decryptCertificates } from '../../../main/wechatpay/platform-certificates.ts'
import { toAnswered, replyDate } from '../../../main/wechatpay/reply.ts'
import { isSignedBy, readSignatureHeaders } from '../../../main/wechatpay/reply-signature.ts'
import {
  CouponReply,
  PrestoredCodeReply,
  StockReply,
} from '../../../main/wechatpay/reply-schemas.ts'

/** Everything that an attacker may send in place of WeChat Pay's reply. */
const scalar = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('USED', '2020-04-24T15:32:38+08:00', 'AEAD_AES_256_GCM', 'SYSTEM_ERROR', '-1'),
)
const fieldNames =
  'stock_id openid wechatpay_use_time wechatpay_return_time code message detail field data serial_no ' +
  'encrypt_certificate algorithm nonce associated_data ciphertext coupon_state coupon_use_rule ' +
  'fixed_normal_coupon discount_amount transaction_minimum coupon_available_time total_count ' +
  'code_information coupon_information code_status __proto__ constructor'
const keys = fc.constantFrom(...fieldNames.split(' '))
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
  ),
})).value

const body = fc.oneof(
  { weight: 60, arbitrary: json.map((value) => Buffer.from(JSON.stringify(value))) },
  { weight: 15, arbitrary: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.nat(20_000).map((depth) => Buffer.from('['.repeat(depth))) },
  {
    weight: 1,
    arbitrary: fc
      .nat(20_000)
      .map((depth) =>
        Buffer.from(`{"code":"X","detail":${'['.repeat(depth)}${']'.repeat(depth)}}`),
      ),
  },
  { weight: 1, arbitrary: fc.constant(null) },
)

const headerValue = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('0', '99999999999999', '1722850421', 'WECHATPAY/SIGNTEST/xyz', '', '-5', '1e9'),
  fc.array(fc.string({ maxLength: 4 }), { maxLength: 2 }),
)
const headerNames =
  'wechatpay-timestamp wechatpay-nonce wechatpay-serial wechatpay-signature ' +
  'wechatpay-signature-type date retry-after request-id'
const headers = fc.dictionary(fc.constantFrom(...headerNames.split(' ')), headerValue)
const reply = fc.record({
  kind: fc.constant('reply' as const),
  status: fc.oneof(fc.constantFrom(200, 202, 204, 302, 400, 401, 403, 404, 429, 500), fc.nat(999)),
  headers,
  body,
  resent: fc.boolean(),
})

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const apiV3Key = createSecretKey(Buffer.alloc(32, 1))

test('no reply, however malformed, throws or is confirmed unverified', () => {
  const property = fc.property(reply, fc.boolean(), (strange, verified) => {
    const answer = toAnswered(
      strange,
      verified ? { kind: 'verified', signedWith: 'S' } : { kind: 'unsigned' },
      0,
    )
    const outcomes = [judgeReply(answer), judgeReturn(answer)]
    readFacts(answer.body)
    expect({
      isSigned: isSigned(strange.headers, strange.body),
      isConfirmedWrongly:
        outcomes.some(({ kind }) => kind === 'confirmed') && !(answer.status === 200 && verified),
      hasLongDetail: outcomes.some(({ evidence }) => (evidence.apiDetail ?? '').length > 2000),
      hasCertificate: hasCertificate(answer.body),
      waits: (answer.retryAfterMs ?? 0) >= 0,
      hasBadDate: Number.isNaN(replyDate(strange.headers)),
    }).toEqual({
      isSigned: false,
      isConfirmedWrongly: false,
      hasLongDetail: false,
      hasCertificate: false,
      waits: true,
      hasBadDate: false,
    })
  })
  fc.assert(property, { numRuns: 100_000 })
}, 120_000)

function isSigned(from: IncomingHttpHeaders, bytes: Buffer | null): boolean {
  const signed = readSignatureHeaders(from)
  return signed !== null && bytes !== null && isSignedBy(publicKey, signed, bytes)
}

function hasCertificate(value: unknown): boolean {
  const opened = decryptCertificates(value, apiV3Key)
  return opened.ok && opened.value.length > 0
}

function readFacts(value: unknown): void {
  const stock = StockReply.safeParse(value)
  if (stock.success) stockFacts(stock.data)
  const coupon = CouponReply.safeParse(value)
  if (coupon.success) couponFacts(coupon.data)
  const code = PrestoredCodeReply.safeParse(value)
  if (code.success) prestoredFacts(code.data)
}
