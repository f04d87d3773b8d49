import { expect, test } from 'vitest'
import { logReplies } from '../../../main/computer/log-replies.ts'
import type { Answered, GatewayReply } from '../../../main/redemption/gateway.ts'

function said(reply: GatewayReply): unknown[] {
  const lines: unknown[] = []
  logReplies({ warn: (event, fields) => lines.push({ event, ...fields }) })(reply)
  return lines
}

const answered: Answered = {
  kind: 'answered',
  status: 200,
  verified: true,
  carriesSignature: true,
  signedWith: null,
  unproven: null,
  body: {},
  requestId: '08E79ADD9D0610D60118-0',
  retryAfterMs: null,
  mayHaveArrivedBefore: false,
}

test('an error is logged with the Request-ID that support asks for, and without its message', () => {
  const body = { code: 'PARAM_ERROR', message: 'coupon 1201059453000000000001 is wrong' }
  expect(said({ ...answered, status: 400, verified: false, body })).toEqual([
    {
      event: 'api.error',
      status: 400,
      code: 'PARAM_ERROR',
      verified: false,
      requestId: '08E79ADD9D0610D60118-0',
    },
  ])
})

test('a code that is none is not logged, and a verified success has no line', () => {
  const body = { code: '1201059453000000000001' }
  expect(said({ ...answered, status: 500, body })).toMatchObject([{ code: null }])
  expect(said(answered)).toEqual([])
  expect(said({ ...answered, verified: false })).toHaveLength(1)
  expect(said({ kind: 'unanswered', fault: 'timeout', mayHaveArrived: true })).toEqual([
    { event: 'api.unanswered', fault: 'timeout', mayHaveArrived: true },
  ])
})
