import { assert, constantFrom, pre, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classifyPayload } from '../../../main/redemption/coupon-code.ts'

const none = { merchantPatterns: [] }
const own = { merchantPatterns: [/^WX-[A-Z0-9 ]{4,20}$/, /^1[0-5]\d{16}$/] }
const digits = (length: number) =>
  string({ unit: constantFrom(...Array.from('0123456789')), minLength: length, maxLength: length })

describe('a scanned payload', () => {
  test('of 22 digits is a coupon, and stays a text', () => {
    assert(
      property(digits(22), (code) => {
        expect(classifyPayload(code, none)).toEqual({ kind: 'coupon', code })
      }),
    )
  })

  test.each(['100000000000000000', '134567890123456789', '159999999999999999'])(
    'WeChat payment code %s is refused and its text is not in the answer',
    (code) => {
      expect(classifyPayload(code, none)).toEqual({ kind: 'payment-code' })
    },
  )

  test.each(['2512345678901234', '301234567890123456', '281234567890123456789012'])(
    'Alipay payment code %s is refused',
    (code) => {
      expect(classifyPayload(code, none)).toEqual({ kind: 'payment-code' })
    },
  )

  test('of 18 digits from 16 on, or of 17 or 19 digits, is no WeChat payment code', () => {
    for (const code of ['161234567890123456', '13456789012345678', '1345678901234567890'])
      expect(classifyPayload(code, none)).toEqual({ kind: 'not-a-coupon' })
  })

  test('EAN-13 with a right check digit is a product; with a wrong one it is noise', () => {
    expect(classifyPayload('6901234567892', none)).toEqual({ kind: 'product-barcode' })
    expect(classifyPayload('6901234567893', none)).toEqual({ kind: 'not-a-coupon' })
  })

  test("a merchant's own pattern wins over everything but the standard shape", () => {
    expect(classifyPayload('WX-AB 12', own)).toEqual({ kind: 'coupon', code: 'WX-AB 12' })
    expect(classifyPayload('134567890123456789', own)).toEqual({
      kind: 'coupon',
      code: '134567890123456789',
    })
    expect(classifyPayload('WX-AB 12', none)).toEqual({ kind: 'not-a-coupon' })
  })

  test("a scanner's suffix is taken off, what is inside stays", () => {
    expect(classifyPayload('WX-A  B1\r\n', own)).toEqual({ kind: 'coupon', code: 'WX-A  B1' })
    expect(classifyPayload('WX-AB\t12', own)).toEqual({ kind: 'not-a-coupon' })
  })

  test('whatever else comes in is no coupon', () => {
    assert(
      property(string({ maxLength: 256 }), (payload) => {
        pre(!/^\s*\d{13,24}\s*$/.test(payload))
        expect(classifyPayload(payload, none)).toEqual({ kind: 'not-a-coupon' })
      }),
    )
  })
})
