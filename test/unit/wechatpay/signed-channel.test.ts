import { expect, test } from 'vitest'
import { err, ok, type Result } from '../../../main/contract/result.ts'
import { CorrectedClock } from '../../../main/wechatpay/clock-skew.ts'
import type { SigningFault } from '../../../main/wechatpay/credentials.ts'
import { createSignedChannel } from '../../../main/wechatpay/signed-channel.ts'
import type { Sent } from '../../../main/wechatpay/transport.ts'

const now = Date.parse('2026-01-05T10:00:00+08:00')
const request = {
  method: 'POST',
  target: '/v3/coupons/return',
  body: new Uint8Array(2),
  hasTimeInBody: false,
} as const

/** Sends a return from a PC whose clock is an hour off and that gets these replies in order. */
function sendFrom(replies: Sent[], signings: Result<string, SigningFault>[]) {
  const channel = createSignedChannel({
    transport: {
      send: () => Promise.resolve(replies.shift() ?? reply(500, false)),
      prepare: () => Promise.resolve(),
    },
    clock: new CorrectedClock(
      () => now - 3_600_000,
      () => 0,
    ),
    nonce: () => 'n',
    userAgent: 'test',
  })
  const signer = { sign: () => Promise.resolve(signings.shift() ?? ok('c2lnbmVk')) }
  const trust = { publicKey: null, apiV3Key: null }
  const credentials = { merchantId: '1', appid: 'wx', serial: 'A', signer, trust }
  return channel.send(request, credentials, null, new AbortController().signal)
}

function reply(status: number, resent: boolean): Sent {
  const headers = { date: new Date(now).toUTCString() }
  return { kind: 'reply', status, headers, body: null, resent, route: 'direct' }
}

test('a request sent again under the right time is not a repetition', async () => {
  const sent = await sendFrom([reply(401, false), reply(200, false)], [])
  expect(sent).toMatchObject({ ok: true, value: { status: 200, resent: false } })
})

test('where the bytes of an earlier try may have arrived, the second reply may refer to that try', async () => {
  const sent = await sendFrom([reply(401, true), reply(400, false)], [])
  expect(sent).toMatchObject({ ok: true, value: { status: 400, resent: true } })
})

test('a request that could not be signed again still counts as sent', async () => {
  const sent = await sendFrom([reply(401, true)], [ok('c2lnbmVk'), err({ code: 'signing-failed' })])
  expect(sent).toMatchObject({ ok: true, value: { status: 401, resent: true } })
})
