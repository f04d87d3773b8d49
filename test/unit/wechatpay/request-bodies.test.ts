import { describe, expect, test } from 'vitest'
import {
  type UseCoupon,
  encodeReturnCoupon,
  encodeUseCoupon,
} from '../../support/request-bodies.ts'

const smallest: UseCoupon = {
  couponCode: '1201059453000011082766',
  appid: 'wx1234567889999',
  useTime: Date.UTC(2026, 0, 2, 7, 4, 5, 678),
  useRequestNo: 'till-1_000',
}

function encoded(of: UseCoupon): string {
  const body = encodeUseCoupon(of)
  if (!body.ok) throw new Error(body.error.field)
  return Buffer.from(body.value).toString('utf8')
}

describe('a redemption', () => {
  test('is written as in the API document, with its time in Beijing', () => {
    expect(encoded(smallest)).toBe(
      '{"coupon_code":"1201059453000011082766","appid":"wx1234567889999",' +
        '"use_time":"2026-01-02T15:04:05+08:00","use_request_no":"till-1_000"}',
    )
  })

  test('carries every optional field under the API’s name', () => {
    const whole = {
      ...smallest,
      stockId: '100088',
      openid: 'xsd3434454567676',
      outTradeNo: 'order-1',
      orderMerchantId: '1900000109',
      transactionId: '4200000000',
    }
    expect(JSON.parse(encoded(whole))).toEqual({
      coupon_code: smallest.couponCode,
      stock_id: '100088',
      appid: smallest.appid,
      use_time: '2026-01-02T15:04:05+08:00',
      use_request_no: smallest.useRequestNo,
      openid: 'xsd3434454567676',
      out_trade_no: 'order-1',
      mch_id: '1900000109',
      transaction_id: '4200000000',
    })
  })

  test('keeps a merchant’s own code unchanged, spaces included', () => {
    const couponCode = ' AB/C=1|2 3\\4-_ '
    expect(JSON.parse(encoded({ ...smallest, couponCode }))).toMatchObject({
      coupon_code: couponCode,
    })
  })

  test.each([
    ['couponCode', ''],
    ['couponCode', 'x'.repeat(33)],
    ['couponCode', 'tab\there'],
    ['couponCode', '券'],
    ['stockId', ''],
    ['stockId', '1'.repeat(21)],
    ['appid', ''],
    ['useTime', -1],
    ['useTime', 0.5],
    ['useTime', 8.64e15],
    ['useRequestNo', 'short'],
    ['useRequestNo', 'x'.repeat(33)],
    ['useRequestNo', 'till|1000'],
    ['openid', ''],
  ])('with the %s %j is no request', (field, value) => {
    expect(encodeUseCoupon({ ...smallest, [field]: value })).toEqual({
      ok: false,
      error: { code: 'field-refused', field },
    })
  })
})

test('a return needs a batch', () => {
  const of = { couponCode: 'sxxe34343434', returnRequestNo: 'return-1' }
  expect(encodeReturnCoupon({ ...of, stockId: '' })).toEqual({
    ok: false,
    error: { code: 'field-refused', field: 'stockId' },
  })
  const body = encodeReturnCoupon({ ...of, stockId: '100088' })
  expect(body.ok && JSON.parse(Buffer.from(body.value).toString())).toEqual({
    coupon_code: 'sxxe34343434',
    stock_id: '100088',
    return_request_no: 'return-1',
  })
})
