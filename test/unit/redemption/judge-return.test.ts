import { describe, expect, test } from 'vitest'
import { familyOf } from '../../../main/contract/reason.ts'
import { errorCodes } from '../../../main/redemption/judge-error.ts'
import { judgeReturn } from '../../../main/redemption/judge-reply.ts'
import { answered } from '../../support/answered.ts'
import { verifiedReply, refusal, silence } from '../../support/scripted-till.ts'

describe('a refused return', () => {
  test.each([
    ['INVALID_REQUEST', 400, 'return-not-redeemed'],
    ['RESOURCE_ALREADY_EXISTS', 400, 'return-repeated'],
    ['ALREADY_EXISTS', 409, 'return-repeated'],
    ['RESOURCE_NOT_EXISTS', 404, 'return-coupon-unknown'],
    ['RULELIMIT', 403, 'return-too-late'],
    ['RULE_LIMIT', 403, 'return-too-late'],
    ['PARAM_ERROR', 400, 'return-refused-otherwise'],
    ['NEVER_SEEN_BEFORE', 400, 'return-refused-otherwise'],
  ])('with %s (%i) is %s', (code, status, reason) => {
    expect(judgeReturn(refusal(code, status))).toMatchObject({ kind: 'refused', reason })
  })

  test.each(Object.keys(errorCodes))('with %s is never judged as a redemption', (code) => {
    const outcome = judgeReturn(refusal(code))
    const family = outcome.kind === 'confirmed' ? 'confirmed' : familyOf(outcome.reason)
    expect(['refused', 'suspect', 'confirmed']).not.toContain(family)
  })
})

test('a refusal that may refer to an earlier try of the same call is not final', () => {
  const reply = answered({
    status: 400,
    body: { code: 'INVALID_REQUEST', message: '' },
    mayHaveArrivedBefore: true,
  })
  expect(judgeReturn(reply)).toMatchObject({
    kind: 'unknown',
    reason: 'answer-not-final',
    mayHaveTakenEffect: true,
  })
})

test('any other reply is judged as with a redemption', () => {
  expect(judgeReturn(silence)).toMatchObject({ kind: 'unknown', mayHaveTakenEffect: true })
  expect(judgeReturn(verifiedReply(403, { code: 'NOAUTH', message: '' }))).toMatchObject({
    kind: 'suspect',
  })
})
