import { createSecretKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { couponFacts, prestoredFacts, stockFacts } from '../../../main/wechatpay/facts.ts'
import { decryptCertificates } from '../../../main/wechatpay/platform-certificates.ts'
import {
  CouponReply,
  PrestoredCodeReply,
  StockReply,
} from '../../../main/wechatpay/reply-schemas.ts'
import { factsWith } from '../../support/facts-with.ts'
import { publishedVectors } from './published-vectors.ts'

describe('the facts of a batch', () => {
  test('are read from the oldest samples: numbers as strings, a misspelt key, a state of its own', () => {
    const reply = StockReply.parse({
      stock_id: '1282070000000009',
      stock_name: '满100减20',
      stock_type: 'NORMAL',
      stock_state: 'STOPED',
      coupon_use_rule: {
        coupon_available_time: {
          available_begin_time: '2026-01-01T00:00:00+08:00',
          available_end_time: '2026-12-31T23:59:59+08:00',
          irregulary_avaliable_time: [],
          available_week: { week_day: ['1', '2'] },
        },
        fixed_normal_coupon: { discount_amount: '2000', transaction_minimum: '10000' },
        use_method: 'SOMETHING_NEW',
      },
    })
    expect(stockFacts(reply)).toMatchObject({
      discountFen: 2000,
      thresholdFen: 10_000,
      availableFrom: Date.UTC(2025, 11, 31, 16),
      availableUntil: Date.UTC(2026, 11, 31, 15, 59, 59),
    })
  })

  test('keep a kind that is not known yet', () => {
    const reply = StockReply.parse({ stock_id: '1', stock_type: 'LOTTERY', coupon_use_rule: null })
    expect(stockFacts(reply)).toMatchObject({ kind: 'LOTTERY', discountFen: null, goodsName: null })
  })

  const rule = {
    coupon_available_time: {
      available_end_time: '2026-12-31T23:59:59+08:00',
      available_week: { week_day: [1, 2] },
    },
    fixed_normal_coupon: { discount_amount: 2000, transaction_minimum: 10_000 },
  }

  function factsUnder(more: object) {
    const coupon_use_rule = { ...rule, ...more }
    return stockFacts(StockReply.parse({ stock_id: '1', stock_name: '券', coupon_use_rule }))
  }

  test.each([-1, 0.5, '-1', '1e3', true, {}])('lose only the price where money is %j', (amount) => {
    for (const odd of [{ discount_amount: amount }, { transaction_minimum: amount }]) {
      const fixed_normal_coupon = { ...rule.fixed_normal_coupon, ...odd }
      expect(factsUnder({ fixed_normal_coupon })).toMatchObject({
        name: '券',
        discountFen: null,
        thresholdFen: null,
        availableUntil: Date.UTC(2026, 11, 31, 15, 59, 59),
        weekHours: { days: [1, 2] },
      })
    }
  })

  test.each(['every day', 7, [], [{ day: 1 }], { week_day: 'MON' }, { week_day: [{}] }, null])(
    'lose only the days and hours where they are %j',
    (available_week) => {
      const coupon_available_time = { ...rule.coupon_available_time, available_week }
      expect(factsUnder({ coupon_available_time })).toMatchObject({
        name: '券',
        discountFen: 2000,
        thresholdFen: 10_000,
        availableUntil: Date.UTC(2026, 11, 31, 15, 59, 59),
        weekHours: null,
      })
    },
  )

  test.each([
    { coupon_available_time: 'always' },
    { coupon_available_time: { available_begin_time: 1, available_week: 'odd' } },
    { use_method: [] },
    { discount_coupon: 'half' },
  ])('keep the price where the rule contains %j', (more) => {
    expect(factsUnder(more)).toMatchObject({ discountFen: 2000, thresholdFen: 10_000 })
  })

  test('are read with odd names, times and rules', () => {
    const odd = { stock_name: 1, stock_type: [], goods_name: {}, coupon_code_mode: 2 }
    const reply = StockReply.parse({ stock_id: '1', ...odd, coupon_use_rule: 'none' })
    expect(stockFacts(reply)).toMatchObject({ stockId: '1', name: '', kind: '', discountFen: null })
  })
})

describe('the facts of a coupon', () => {
  test('keep a state that no document explains', () => {
    const reply = CouponReply.parse({ coupon_state: 'REDEEM_CONFIRMING', new_key: 1 })
    expect(couponFacts(reply)).toEqual(factsWith({ state: 'REDEEM_CONFIRMING' }))
  })

  test('have its batch, and the return that took effect last', () => {
    const reply = CouponReply.parse({
      coupon_state: 'SENDED',
      stock_id: '1282070000000009',
      return_request_no: 'T1-20260105100000-7K2M9QXA',
    })
    expect(couponFacts(reply)).toMatchObject({
      stockId: '1282070000000009',
      returnRequestNo: 'T1-20260105100000-7K2M9QXA',
    })
  })

  test('are those of the coupon where an uploaded code was handed out, and else those of the code', () => {
    const information = { code_status: 'DISPATCHED', openid: 'o-1' }
    const coupon = { coupon_state: 'USED', use_request_no: 'number-1' }
    const handedOut = { code_information: information, coupon_information: coupon }
    expect(prestoredFacts(PrestoredCodeReply.parse(handedOut))).toEqual(
      factsWith({ state: 'USED', useRequestNo: 'number-1', openid: 'o-1' }),
    )
    const waiting = { code_information: { code_status: 'AVAILABLE' }, coupon_information: null }
    expect(prestoredFacts(PrestoredCodeReply.parse(waiting))).toMatchObject({ state: 'AVAILABLE' })
  })
})

describe('the list of platform certificates', () => {
  const published = publishedVectors().aes256gcm.find((entry) => entry.plaintext === undefined)
  if (published === undefined) throw new Error('the vectors hold a whole certificate')
  const serial = '5DEA10EF55877E3CF6C33255C2E7DEFFF7E427EC'
  const key = createSecretKey(Buffer.from(published.key))
  const entry = {
    serial_no: serial,
    // Misspelt like this in a published sample.
    'effective_time ': '2023-09-19T15:33:56+08:00',
    encrypt_certificate: {
      algorithm: 'AEAD_AES_256_GCM',
      nonce: published.nonce,
      associated_data: published.associated_data,
      ciphertext: published.ciphertext,
    },
  }

  test('decrypts to a certificate with its dates, as WeChat Pay’s own SDK published it', () => {
    expect(decryptCertificates({ data: [entry] }, key)).toMatchObject({
      ok: true,
      value: [
        {
          serial,
          validFrom: Date.UTC(2023, 8, 19, 15, 15, 58),
          validUntil: Date.UTC(2028, 8, 17, 15, 15, 58),
        },
      ],
    })
  })

  test('loses the entries that cannot be used, and keeps the others', () => {
    const swapped = { ...entry, serial_no: serial.replace('5', '6') }
    const sealed = { ...entry.encrypt_certificate, algorithm: 'AEAD_SM4_GCM' }
    const otherCipher = { ...entry, encrypt_certificate: sealed }
    const forged = { ...entry.encrypt_certificate, nonce: 'another-one!' }
    const others = [
      swapped,
      otherCipher,
      { ...entry, encrypt_certificate: forged },
      {},
      'odd',
      null,
    ]
    for (const wrong of others) {
      expect(decryptCertificates({ data: [wrong, entry] }, key)).toMatchObject({
        ok: true,
        value: [{ serial }],
      })
    }
    expect(decryptCertificates({ data: [otherCipher, {}] }, key)).toEqual({
      ok: false,
      error: { code: 'nothing-usable' },
    })
    expect(decryptCertificates({ data: [entry] }, createSecretKey(Buffer.alloc(32)))).toEqual({
      ok: false,
      error: { code: 'not-authentic' },
    })
    expect(decryptCertificates({ code: 'RESOURCE_NOT_EXISTS' }, key)).toMatchObject({ ok: false })
  })

  test('ignores leading zeros of a serial number, and writes it as WeChat Pay does', () => {
    const named = { ...entry, serial_no: `00${serial.toLowerCase()}` }
    expect(decryptCertificates({ data: [named] }, key)).toMatchObject({
      ok: true,
      value: [{ serial: `00${serial}` }],
    })
  })
})

function weekHoursOf(time: unknown) {
  return stockFacts(
    StockReply.parse({ stock_id: '1', coupon_use_rule: { coupon_available_time: time } }),
  ).weekHours
}

describe('the days and hours of a batch', () => {
  test('are read, with days as numbers or as text', () => {
    const available_day_time = [{ begin_time: 32_400, end_time: 86_399 }]
    expect(weekHoursOf({ available_week: { week_day: ['1', 0], available_day_time } })).toEqual({
      days: [1, 0],
      spans: [{ from: 32_400, to: 86_399 }],
    })
  })

  test.each([
    ['absent', {}],
    ['days that nobody knows', { available_week: { week_day: [1, 7] } }],
    [
      'a span over midnight',
      { available_week: { week_day: [1], available_day_time: [{ begin_time: 9, end_time: 8 }] } },
    ],
    [
      'times besides',
      { available_week: { week_day: [1] }, irregulary_avaliable_time: [{ begin_time: 'x' }] },
    ],
  ])('refuse nobody where the rule is not fully understood: %s', (_, time) => {
    expect(weekHoursOf(time)).toBeNull()
  })
})
