import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { judge } from '../../../main/redemption/outcome.ts'
import { type ControlClient, createControlClient } from '../../../main/training/control-client.ts'
import { type StandIn, startStandIn } from '../../../main/training/stand-in.ts'
import type { WechatpayGateway } from '../../../main/wechatpay/wechatpay-gateway.ts'
import {
  type EnrolledTill,
  type KeyMode,
  createTestGateway,
  enrolTill,
  useBody,
} from '../../support/till-credentials.ts'

let standIn: StandIn
let control: ControlClient
let till: EnrolledTill
let gateway: WechatpayGateway

async function open(mode: KeyMode): Promise<void> {
  await control.behave({ keyMode: mode })
  till = await enrolTill(standIn.controlOrigin, mode)
  gateway = createTestGateway(till, { origins: [standIn.origin] })
}

beforeEach(async () => {
  standIn = await startStandIn()
  control = createControlClient(standIn.controlOrigin)
})

afterEach(async () => {
  await gateway.close()
  await standIn.close()
})

async function sample(kind: string): Promise<string> {
  const found = (await control.samples({})).find((entry) => entry.kind === kind)
  if (found === undefined) throw new Error(`no sample of kind ${kind}`)
  return found.code
}

async function redeem(code: string, useRequestNo: string) {
  const body = useBody({ code, appid: till.appid, useRequestNo })
  return judge(await gateway.useCoupon(body, { signal: new AbortController().signal }))
}

describe.each(['public-key', 'platform-certificates', 'both'] as const)('%s', (mode) => {
  test('a valid coupon is redeemed once, however often it is sent', async () => {
    await open(mode)
    const code = await sample('valid')
    const first = await redeem(code, 'no-1')
    expect(first).toMatchObject({ kind: 'confirmed', stockId: '1200000000000101' })
    expect(await redeem(code, 'no-1')).toEqual({ ...first, evidence: expect.anything() })
    expect(await redeem(code, 'no-2')).toMatchObject({ kind: 'refused', reason: 'used-elsewhere' })
    const { effects } = await control.ledger({})
    expect(effects).toMatchObject([{ code, useRequestNo: 'no-1', replays: 1 }])
  })
})

describe('sample coupons', () => {
  test.each([
    ['used', 'refused', 'used-elsewhere'],
    ['expired', 'refused', 'outside-validity'],
    ['not-yet-valid', 'refused', 'outside-validity'],
    ['unknown', 'refused', 'coupon-unknown'],
    ['other-merchant', 'refused', 'coupon-unknown'],
    ['no-network', 'unknown', 'no-connection'],
  ])('%s is %s: %s', async (kind, outcome, reason) => {
    await open('public-key')
    expect(await redeem(await sample(kind), 'no-1')).toMatchObject({ kind: outcome, reason })
  })
})
