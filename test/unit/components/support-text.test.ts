import { expect, test } from 'vitest'
import type { HistoryDetail, TimelineStep } from '../../../main/contract/history.ts'
import { supportText } from '../../../renderer/screens/history/support-text.ts'

const step: TimelineStep = {
  at: 1_795_430_000_000,
  event: 'return-refused',
  by: null,
  how: null,
  why: null,
  status: 403,
  code: 'RULE_LIMIT',
  message: '超过可退券时间',
  detail: '{"field":"/coupon_code","issue":"too late"}',
  requestId: '08ABC-268435461',
  couponState: 'USED',
  heldBy: 'T01-20261123104512-7K2M9QXA',
  returnedBy: null,
  remark: null,
  told: null,
}

const detail: HistoryDetail = {
  redemption: {
    useRequestNo: 'T01-20261123104512-7K2M9QXA',
    codeTail: '2766',
    state: 'redeemed',
    honoured: false,
    given: null,
    isReleased: false,
    reason: 'redeemed',
    source: 'scanned',
    attempts: 1,
    recordedAt: step.at,
    settledAt: step.at,
    stock: null,
    stockId: '1282070000000009',
    returnRefused: 'return-too-late',
  },
  totalFen: null,
  returnRequestNo: 'T01-20261123104600-9QXA7K2M',
  timeline: [step],
}

test("the text for support has WeChat Pay's whole reply, with its detail, and both numbers", () => {
  const text = supportText(detail, 'en')
  for (const part of [
    step.code,
    step.message,
    step.detail,
    step.requestId,
    'T01-20261123104512-7K2M9QXA',
    'return_request_no: T01-20261123104600-9QXA7K2M',
    'return: return-too-late',
    'stock: 1282070000000009',
    '403',
    'USED',
  ])
    expect(text).toContain(part)
})
