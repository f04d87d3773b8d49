import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Unanswered, Unsendable } from '../../../main/redemption/gateway.ts'
import { judgeReply, judgeReturn } from '../../../main/redemption/judge-reply.ts'
import { answered } from '../../support/answered.ts'
import { cashierTitle, outcomeTables } from '../../support/outcome-tables.ts'

const success = {
  stock_id: '1282070000000009',
  openid: 'o01G1wO3',
  wechatpay_use_time: '2020-04-24T15:32:38+08:00',
}

describe('a redemption is confirmed', () => {
  test('by a verified 200 with the documented body', () => {
    expect(judgeReply(answered({ body: success, requestId: '08F5B8-0' }))).toEqual({
      kind: 'confirmed',
      stockId: '1282070000000009',
      openid: 'o01G1wO3',
      usedAt: Date.UTC(2020, 3, 24, 7, 32, 38),
      evidence: {
        httpStatus: 200,
        apiCode: null,
        apiMessage: null,
        apiDetail: null,
        requestId: '08F5B8-0',
        transportFault: null,
      },
    })
  })

  test.each(['2015-05-20T13:29:35.+08:00', '2015-05-20T13:29:35:120+08:00', '', null])(
    'even if its time reads %j, as in the documents’ broken samples',
    (wechatpay_use_time) => {
      const body = { ...success, wechatpay_use_time }
      expect(judgeReply(answered({ body }))).toMatchObject({ kind: 'confirmed', usedAt: null })
    },
  )

  test('whatever else the body holds', () => {
    const body = { ...success, brand_new_field: [1, 2, 3] }
    expect(judgeReply(answered({ body }))).toMatchObject({ kind: 'confirmed' })
  })
})

describe('a redemption is not confirmed', () => {
  test.each([
    ['not verified', answered({ body: success, verified: false }), 'answer-not-verified'],
    ['202', answered({ body: success, status: 202 }), 'answer-not-final'],
    ['204', answered({ status: 204 }), 'answer-not-final'],
    ['206', answered({ body: success, status: 206 }), 'answer-not-final'],
    ['a redirect', answered({ body: success, status: 302 }), 'answer-not-verified'],
    ['an empty body', answered({ body: null }), 'answer-not-final'],
    ['a list', answered({ body: [success] }), 'answer-not-final'],
    ['no batch', answered({ body: { ...success, stock_id: '' } }), 'answer-not-final'],
    [
      'the reply to a return',
      answered({ body: { wechatpay_return_time: 'x' } }),
      'answer-not-final',
    ],
  ] as const)('by a reply that is %s', (_what, reply, reason) => {
    expect(judgeReply(reply)).toMatchObject({ kind: 'unknown', reason })
  })
})

describe('a return', () => {
  test('is confirmed by its own verified 200', () => {
    const body = { wechatpay_return_time: '2020-04-24T15:32:38+08:00' }
    expect(judgeReturn(answered({ body }))).toMatchObject({
      kind: 'confirmed',
      returnedAt: Date.UTC(2020, 3, 24, 7, 32, 38),
    })
  })

  test('is not confirmed by the reply to a redemption', () => {
    expect(judgeReturn(answered({ body: success }))).toMatchObject({ kind: 'unknown' })
  })
})

describe('where a reply came from', () => {
  test('a 4xx without WeChat Pay’s error body counts as not from WeChat Pay', () => {
    for (const body of [null, 'Forbidden', { code: 403 }, { error: 'x' }, []]) {
      const outcome = judgeReply(answered({ status: 403, verified: false, body }))
      expect(outcome).toMatchObject({
        kind: 'unknown',
        reason: 'answer-not-verified',
        reached: false,
      })
    }
  })

  test('an unknown error code counts if the reply is signed or has a Request-ID', () => {
    const body = { code: 'AccessDenied', message: '' }
    const reply = answered({ status: 403, verified: false, requestId: null, body })
    expect(judgeReply(reply)).toMatchObject({ kind: 'unknown', reason: 'answer-not-verified' })
    expect(judgeReply({ ...reply, requestId: '08-1' })).toMatchObject({ kind: 'suspect' })
    expect(judgeReply({ ...reply, verified: true })).toMatchObject({ kind: 'suspect' })
  })

  test('WeChat Pay counts as reached if its error body or its signature came', () => {
    const body = { code: 'SYSTEM_ERROR', message: '' }
    expect(judgeReply(answered({ status: 500, verified: false, body }))).toMatchObject({
      reached: true,
    })
    expect(judgeReply(answered({ status: 502, verified: false }))).toMatchObject({ reached: false })
  })
})

describe('finer points', () => {
  test.each([
    { code: 'RESOURCE_ALREADY_EXISTS', message: '券已被其他订单核销' },
    { code: 'RULE_LIMIT', message: '券已被核销' },
    { code: 'INVALID_REQUEST', message: '券状态不允许核销' },
  ])(
    'a refusal for the coupon’s state may mean our own redemption where an earlier try may have arrived: %j',
    (body) => {
      const reply = answered({ status: 400, body })
      expect(judgeReply(reply)).toMatchObject({ kind: 'refused', mayBeOurs: false })
      const again = { ...reply, mayHaveArrivedBefore: true }
      expect(judgeReply(again)).toMatchObject({
        kind: 'unknown',
        reason: 'answer-not-final',
        mayHaveTakenEffect: true,
      })
    },
  )

  test.each([
    { code: 'RULE_LIMIT', message: '券不在有效期' },
    { code: 'RESOURCE_NOT_EXISTS', message: '券不存在' },
  ])(
    'any other refusal is not final before the coupon was queried, where that is possible: %j',
    (body) => {
      const again = answered({ status: 400, body, mayHaveArrivedBefore: true })
      expect(judgeReply(again)).toMatchObject({ kind: 'refused', mayBeOurs: true })
    },
  )

  test.each([
    { code: 'NOAUTH', message: '无权限' },
    { code: 'PARAM_ERROR', message: '参数错误' },
  ])('after an earlier try, a doubtful error no longer means that nothing happened: %j', (body) => {
    const reply = answered({ status: 400, body })
    expect(judgeReply(reply)).toMatchObject({ kind: 'suspect', mayHaveTakenEffect: false })
    const again = { ...reply, mayHaveArrivedBefore: true }
    expect(judgeReply(again)).toMatchObject({ kind: 'suspect', mayHaveTakenEffect: true })
  })

  test.each([
    ['券已被使用', 'used-elsewhere'],
    ['券已经核销', 'used-elsewhere'],
    ['券状态不是已核销', 'request-invalid'],
    ['券未到核销时间', 'request-invalid'],
  ])('%s: %s', (message, reason) => {
    const body = { code: 'INVALID_REQUEST', message }
    expect(judgeReply(answered({ status: 400, body }))).toMatchObject({ kind: 'refused', reason })
  })

  test('after an earlier try, a settings fault no longer means that nothing happened either', () => {
    const body = { code: 'MCH_NOT_EXISTS', message: '' }
    const reply = answered({ status: 400, body })
    expect(judgeReply(reply)).toMatchObject({ kind: 'blocked', mayHaveTakenEffect: false })
    expect(judgeReply({ ...reply, mayHaveArrivedBefore: true })).toMatchObject({
      kind: 'blocked',
      mayHaveTakenEffect: true,
    })
  })

  test('the detail is kept, whatever its shape', () => {
    const detail = { detail: { issue: 'sign not match' }, sign_information: { method: 'POST' } }
    const body = { code: 'SIGN_ERROR', message: '错误的签名', detail }
    const outcome = judgeReply(answered({ status: 401, body }))
    expect(outcome.evidence.apiDetail).toBe(JSON.stringify(detail))
    const long = { ...body, detail: 'x'.repeat(1_000_000) }
    const { evidence } = judgeReply(answered({ status: 401, body: long }))
    expect(evidence.apiDetail).toHaveLength(2000)
  })
})

test('only “too frequent” certainly had no effect', () => {
  const effects = [
    judgeReply(answered({ status: 429, body: { code: 'FREQUENCY_LIMITED' } })),
    judgeReply(answered({ status: 500, body: { code: 'SYSTEM_ERROR' } })),
    judgeReply(answered({ status: 202 })),
    judgeReply(answered({ status: 200, body: success, verified: false })),
  ]
  expect(effects).toMatchObject([
    { mayHaveTakenEffect: false },
    { mayHaveTakenEffect: true },
    { mayHaveTakenEffect: true },
    { mayHaveTakenEffect: true },
  ])
})

describe('silence', () => {
  test.each([
    ['timeout', true, 'no-answer-in-time'],
    ['aborted', true, 'no-answer-in-time'],
    ['connection', true, 'no-connection'],
    ['timeout', false, 'no-connection'],
    ['aborted', false, 'no-connection'],
    ['name', false, 'no-connection'],
    ['tls', false, 'no-connection'],
    ['proxy', false, 'no-connection'],
  ] as const)('%s, perhaps arrived: %s, is unknown: %s', (fault, mayHaveArrived, reason) => {
    const reply: Unanswered = { kind: 'unanswered', fault, mayHaveArrived }
    expect(judgeReply(reply)).toMatchObject({
      kind: 'unknown',
      reason,
      reached: false,
      mayHaveTakenEffect: mayHaveArrived,
      evidence: { transportFault: fault, httpStatus: null },
    })
  })
})

describe('a request that cannot be sent', () => {
  const { unsent } = outcomeTables()
  const unsendable: readonly Unsendable['fault'][] = [
    'credentials-missing',
    'keychain-unavailable',
    'keychain-locked',
    'signing-failed',
  ]

  test.each(unsendable)('%s is judged as the table says', (fault) => {
    const row = unsent.find(({ what }) => what === fault)
    expect(judgeReply({ kind: 'unsendable', fault })).toMatchObject({
      kind: row?.outcome,
      reason: row?.reason,
    })
  })

  test('every row has the words that the cashier reads', () => {
    const titles = unsent.map((row) => [row.what, cashierTitle(row.reason)])
    expect(titles).toEqual(unsent.map((row) => [row.what, row['cashier reads']]))
  })

  test('every test file named in a table exists', () => {
    const { errors, faults } = outcomeTables()
    const named = new Set([...errors, ...faults, ...unsent].map((row) => row['proven by']))
    const folders = [
      new URL('./', import.meta.url),
      new URL('../../integration/wechatpay/', import.meta.url),
    ]
    const missing = [...named].filter(
      (name) => !folders.some((at) => existsSync(new URL(name, at))),
    )
    expect(missing).toEqual([])
  })
})

test.each([
  ['SIGN_ERROR', 'signature-rejected'],
  ['APPID_MCHID_NOT_MATCH', 'appid-not-bound'],
  ['MCH_NOT_EXISTS', 'merchant-unknown'],
])('%s is about the settings and refuses no coupon, whatever the HTTP status', (code, reason) => {
  for (const status of [400, 401, 403, 404])
    expect(judgeReply(answered({ status, body: { code, message: '' } }))).toMatchObject({
      kind: 'blocked',
      reason,
    })
})
