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

/** Sends a return from a PC whose clock is an hour off; the replies come in this order. */
function sendFrom(replies: Sent[], signings: Result<string, SigningFault>[]) {
  const channel = createSignedChannel({
    transport: { send: () => Promise.resolve(replies.shift() ?? reply(500, false)) },
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

test('what is sent again under the right time is of no earlier try', async () => {
  const sent = await sendFrom([reply(401, false), reply(200, false)], [])
  expect(sent).toMatchObject({ ok: true, value: { status: 200, resent: false } })
})

test('where bytes of an earlier try may have arrived, the second answer may speak of it', async () => {
  const sent = await sendFrom([reply(401, true), reply(400, false)], [])
  expect(sent).toMatchObject({ ok: true, value: { status: 400, resent: true } })
})

test('and what cannot be signed again was sent all the same', async () => {
  const sent = await sendFrom([reply(401, true)], [ok('c2lnbmVk'), err({ code: 'signing-failed' })])
  expect(sent).toMatchObject({ ok: true, value: { status: 401, resent: true } })
})
