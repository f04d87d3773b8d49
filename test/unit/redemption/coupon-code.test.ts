import { assert, constantFrom, pre, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classifyPayload } from '../../../main/redemption/coupon-code.ts'

const none = { merchantCodes: [] }
const own = {
  merchantCodes: [/^WX-[A-Z0-9 ]{4,20}$/, /^1[0-5]\d{16}$/].map((pattern) => ({
    pattern,
    stockId: '12',
  })),
}
const digits = (length: number) =>
  string({ unit: constantFrom(...Array.from('0123456789')), minLength: length, maxLength: length })

describe('a scanned payload', () => {
  test('of 22 digits is a coupon, and stays text', () => {
    assert(
      property(digits(22), (code) => {
        expect(classifyPayload(code, none)).toMatchObject({ kind: 'coupon', code })
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

  test('of 18 digits starting with 16 or more, or of 17 or 19 digits, is no WeChat payment code', () => {
    for (const code of ['161234567890123456', '13456789012345678', '1345678901234567890'])
      expect(classifyPayload(code, none)).toEqual({ kind: 'not-a-coupon' })
  })

  test('of an EAN-13 with a correct check digit is a product, and otherwise unknown', () => {
    expect(classifyPayload('6901234567892', none)).toEqual({ kind: 'product-barcode' })
    expect(classifyPayload('6901234567893', none)).toEqual({ kind: 'not-a-coupon' })
  })

  test("that fits a merchant's own pattern is a coupon, unless it has WeChat Pay's standard form", () => {
    expect(classifyPayload('WX-AB 12', own)).toMatchObject({ kind: 'coupon', code: 'WX-AB 12' })
    expect(classifyPayload('134567890123456789', own)).toMatchObject({
      kind: 'coupon',
      code: '134567890123456789',
    })
    expect(classifyPayload('WX-AB 12', none)).toEqual({ kind: 'not-a-coupon' })
  })

  test("of a configured template has that template's batch; the template must match the whole code", () => {
    const rules = { merchantCodes: [{ pattern: /AB\d{4}/, stockId: '12' }] }
    expect(classifyPayload('AB1234', rules)).toMatchObject({ stockIds: ['12'], issued: false })
    expect(classifyPayload('AB12345', rules)).toEqual({ kind: 'not-a-coupon' })
  })

  test('is unwrapped: first a prefix, then a web address with a parameter', () => {
    const code = '1201059453000011082766'
    const rules = {
      merchantCodes: [],
      unwrap: { prefixes: ['COUPON:'], urlParameters: ['c', 'code'] },
    }
    for (const payload of [
      `COUPON:${code}`,
      `https://shop.example/use?code=${code}&x=1`,
      `COUPON:http://shop.example/?c=${code}`,
    ])
      expect(classifyPayload(payload, rules)).toMatchObject({ kind: 'coupon', code })
    const broken = `${code.slice(0, 11)}\r${code.slice(11)}`
    expect(classifyPayload(`https://shop.example/use?code=${broken}`, rules).kind).toBe(
      'not-a-coupon',
    )
    expect(classifyPayload(`https://shop.example/use?other=${code}`, rules).kind).toBe(
      'not-a-coupon',
    )
    expect(classifyPayload('COUPON:134567890123456789', rules).kind).toBe('payment-code')
  })

  test('is unwrapped from the fragment of an address, and under other spellings of the name', () => {
    const code = '1201059453000011082766'
    const rules = {
      ...none,
      unwrap: { prefixes: [], urlParameters: ['couponCode', 'code'] },
    }
    const codeIn = (address: string): string | null => {
      const found = classifyPayload(address, rules)
      return found.kind === 'coupon' ? found.code : null
    }
    const whole = [
      `https://m.shop.example/#/coupon?code=${code}`,
      `https://m.shop.example/app?v=2#/pages/coupon/use?from=poster&code=${code}`,
      `https://m.shop.example/#code=${code}`,
      `HTTPS://m.shop.example/?Code=${code}`,
      `https://m.shop.example/?coupon_code=${code}`,
      `https://m.shop.example/#/?COUPON-CODE=${code}&x=1`,
      `https://m.shop.example/?code=${code}#/?code=${code}`,
      `https://m.shop.example/?CODE=7&code=${code}`,
    ]
    const other = [
      `https://m.shop.example/#/coupon/${code}`,
      `https://m.shop.example/?code=${code}&code=1201059453000011082767`,
      `https://m.shop.example/?code=1201059453000011082767#/?code=${code}`,
      `https://m.shop.example/?mycode=${code}`,
    ]
    expect(whole.filter((address) => codeIn(address) !== code)).toEqual([])
    expect(other.filter((address) => codeIn(address) !== null)).toEqual([])
  })

  test("loses the scanner's suffix, but keeps the same characters inside", () => {
    expect(classifyPayload('WX-A  B1\r\n', own)).toMatchObject({ kind: 'coupon', code: 'WX-A  B1' })
    expect(classifyPayload('WX-AB\t12', own)).toEqual({ kind: 'not-a-coupon' })
  })

  test('of any other form is no coupon', () => {
    assert(
      property(string({ maxLength: 256 }), (payload) => {
        pre(!/^\s*\d{13,24}\s*$/.test(payload))
        expect(classifyPayload(payload, none)).toEqual({ kind: 'not-a-coupon' })
      }),
    )
  })
})
