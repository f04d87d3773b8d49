import { randomInt } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { GatewayReply } from '../../main/redemption/gateway.ts'
import type { Outcome } from '../../main/redemption/outcome.ts'
import { judgeReply } from '../../main/redemption/judge-reply.ts'
import { type ControlClient, createControlClient } from '../../main/training/control-client.ts'
import { type StandIn, type StandInOptions, startStandIn } from '../../main/training/stand-in.ts'
import type { WechatpayGateway, WechatpayOptions } from '../../main/wechatpay/wechatpay-gateway.ts'
import {
  type EnrolledTill,
  type KeyMode,
  createTestGateway,
  enrolTill,
  useBody,
} from './till-credentials.ts'

/** A stand-in, a till enrolled with it, and our client that connects them. */
export interface Scene {
  readonly standIn: StandIn
  readonly control: ControlClient
  readonly till: EnrolledTill
  readonly gateway: WechatpayGateway
  /** Resolves to the code of a sample coupon. */
  readonly sample: (kind?: string) => Promise<string>
  /** Sends one redemption, under a new number unless one is given. */
  readonly send: (code: string, useRequestNo?: string) => Promise<GatewayReply>
  readonly redeem: (code: string, useRequestNo?: string) => Promise<Outcome>
  readonly close: () => Promise<void>
}

export interface SceneOptions {
  readonly mode?: KeyMode
  readonly standIn?: StandInOptions
  readonly gateway?: Partial<WechatpayOptions>
}

/** Opens a scene that closes with the test. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const scene = await createScene(options)
  onTestFinished(() => scene.close())
  return scene
}

export async function createScene(options: SceneOptions = {}): Promise<Scene> {
  const standIn = await startStandIn(options.standIn)
  const control = createControlClient(standIn.controlOrigin)
  await control.behave({ keyMode: options.mode ?? 'public-key' })
  const till = await enrolTill(standIn.controlOrigin, options.mode)
  const gateway = createTestGateway(till, { origins: [standIn.origin], ...options.gateway })

  function send(code: string, useRequestNo = newRequestNo()): Promise<GatewayReply> {
    const body = useBody({ code, appid: till.appid, useRequestNo })
    return gateway.useCoupon(body, { signal: new AbortController().signal })
  }

  return {
    standIn,
    control,
    till,
    gateway,
    async sample(kind = 'valid') {
      const found = (await control.samples({})).find((entry) => entry.kind === kind)
      if (found === undefined) throw new Error(`no sample of kind ${kind}`)
      return found.code
    },
    send,
    redeem: async (code, useRequestNo) => judgeReply(await send(code, useRequestNo)),
    async close() {
      await gateway.close()
      await standIn.close()
    },
  }
}

export function newRequestNo(): string {
  return `test-${randomInt(1_000_000_000_000)}`
}

/** Redeems a new coupon. Resolves to the outcome. */
export async function redeemNew(scene: Scene): Promise<string> {
  await scene.control.renewSamples({})
  return (await scene.redeem(await scene.sample())).kind
}

export async function certificateRequests(scene: Scene): Promise<number> {
  const { requests } = await scene.control.ledger({})
  return requests['/v3/certificates'] ?? 0
}

export const patient = { signal: new AbortController().signal }
