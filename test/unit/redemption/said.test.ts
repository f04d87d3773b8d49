import { expect, test } from 'vitest'
import { withoutSecrets } from '../../../main/redemption/said.ts'

const couponCode = '1201059453000011082766'
const openid = 'o01G1wO3abc'

function shown(
  detail: unknown,
  redemption = { couponCode, openid: openid as string | null },
): string {
  const text = typeof detail === 'string' ? detail : JSON.stringify(detail)
  return withoutSecrets({ message: text, detail: text }, redemption).detail ?? ''
}

test.each([
  { field: '/coupon_code', value: couponCode, issue: 'too long', location: 'body' },
  { field: 'openid', value: openid, issue: 'unknown' },
  { detail: { issue: `GET /v3/marketing/busifavor/users/${openid}/coupons/${couponCode}` } },
])('neither the code nor its owner is left in %j', (detail) => {
  expect(shown(detail)).not.toContain(couponCode)
  expect(shown(detail)).not.toContain(openid)
})

test('what helps support is kept: the field, the issue, other values and the end of the code', () => {
  const detail = { field: '/stock_id', value: '12820700', issue: `of ${couponCode}` }
  expect(JSON.parse(shown(detail))).toEqual({
    field: '/stock_id',
    value: '12820700',
    issue: 'of …2766',
  })
})

test('a code with special characters is hidden in every form', () => {
  const code = 'AB/C=1|2 3\\4-_'
  for (const text of [code, encodeURIComponent(code), JSON.stringify({ code })])
    expect(shown(text, { couponCode: code, openid: null })).not.toMatch(/AB\/C|AB%2FC/)
})

test('after erasure the quoted value of a code is hidden all the same', () => {
  const detail = { field: '/coupon_code', value: couponCode }
  expect(shown(detail, { couponCode: '2766', openid: null })).not.toContain(couponCode)
})

test('a code so short that it matches everywhere hides nothing', () => {
  expect(shown('A batch', { couponCode: 'A', openid: '' })).toBe('A batch')
})
