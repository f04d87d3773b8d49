import { expect, test } from 'vitest'
import { factsAbout, isOfRequest, storedFactsAbout } from '../../../main/wechatpay/reply-fits.ts'
import { CouponReply, PrestoredCodeReply } from '../../../main/wechatpay/reply-schemas.ts'
import { verifiedReply } from '../../support/scripted-till.ts'

const body = (fields: object) => Buffer.from(JSON.stringify({ coupon_code: '1', ...fields }))

test.each([
  [{ stock_id: '12' }, { stock_id: '12' }, true],
  [{ stock_id: '12' }, { stock_id: '13' }, false],
  // A request need not name a batch, and a reply without one is judged elsewhere.
  [{}, { stock_id: '13' }, true],
  [{ stock_id: '12' }, {}, true],
])('a request with %j and its confirmation with %j fit: %s', (asked, told, isFitting) => {
  expect(isOfRequest(body(asked), verifiedReply(200, told))).toBe(isFitting)
})

const reply = (fields: object) => CouponReply.parse({ coupon_state: 'USED', ...fields })

test('a refusal is never taken for one of another request', () => {
  expect(isOfRequest(body({ stock_id: '12' }), verifiedReply(400, { stock_id: '13' }))).toBe(true)
})

test('facts are those of the coupon that was asked about, or none', () => {
  expect(factsAbout({ couponCode: '1' }, reply({ coupon_code: '1' }))).toMatchObject({
    state: 'USED',
  })
  expect(factsAbout({ couponCode: '1' }, reply({}))).not.toBeNull()
  expect(factsAbout({ couponCode: '1' }, reply({ coupon_code: '2' }))).toBeNull()
})

test.each([
  [{ code: '1' }, { coupon_code: '1', stock_id: '12' }, true],
  [{ code: '2' }, { coupon_code: '1', stock_id: '12' }, false],
  [{ code: '1' }, { coupon_code: '2', stock_id: '12' }, false],
  [{ code: '1' }, { coupon_code: '1', stock_id: '13' }, false],
])('of a stored code %j with coupon %j there are facts: %s', (code, coupon, isAboutIt) => {
  const stored = PrestoredCodeReply.parse({
    code_information: { code_status: 'USED', ...code },
    coupon_information: { coupon_state: 'USED', ...coupon },
  })
  const facts = storedFactsAbout({ couponCode: '1', stockId: '12' }, stored)
  expect(facts !== null).toBe(isAboutIt)
})
