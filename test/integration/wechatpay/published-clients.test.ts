import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  NodeV3Client,
  type TrustedKeys,
  createAxiosPlugin,
} from '../../support/published-clients.ts'
import { type Scene, createScene, newRequestNo, patient } from '../../support/wechatpay-scene.ts'
import { useBody } from '../../support/till-credentials.ts'

const usePath = '/v3/marketing/busifavor/coupons/use'

let scene: Scene
let enrolled: Awaited<ReturnType<Scene['control']['enrol']>>
beforeAll(async () => {
  scene = await createScene({ mode: 'both' })
  enrolled = await scene.control.enrol({ certificatePem: scene.till.certificatePem })
  return () => scene.close()
})

function certificateKeys(): TrustedKeys {
  return Object.fromEntries(
    enrolled.platformCertificates.map(({ serial, certificatePem }) => [serial, certificatePem]),
  )
}

function allKeys(): TrustedKeys {
  return { ...certificateKeys(), [enrolled.publicKeyId]: enrolled.publicKeyPem }
}

function useRequest(code: string, useRequestNo: string): Record<string, unknown> {
  return {
    coupon_code: code,
    appid: scene.till.appid,
    use_time: '2026-01-02T15:04:05+08:00',
    use_request_no: useRequestNo,
  }
}

async function freshCode(): Promise<string> {
  await scene.control.renewSamples({})
  return scene.sample()
}

function queryPath(code: string, openid: string): string {
  const { appid } = scene.till
  return `/v3/marketing/busifavor/users/${openid}/coupons/${code}/appids/${appid}`
}

async function openidOf(code: string): Promise<string> {
  const coupon = await scene.control.coupon({ code })
  if (coupon === null) throw new Error('the stand-in has no such coupon')
  return coupon.openid
}

const redeemed = {
  use: { status: 200, data: expect.objectContaining({ stock_id: '1200000000000101' }) },
  query: { status: 200, data: expect.objectContaining({ coupon_state: 'USED' }) },
  booked: 1,
}

/** Returns what a client saw, and what the ledger has afterwards. */
async function redeemAndQuery(client: {
  post: (path: string, body: Record<string, unknown>) => Promise<{ status: number }>
  get: (path: string) => Promise<{ status: number }>
}) {
  const [code, number] = [await freshCode(), newRequestNo()]
  const use = await client.post(usePath, useRequest(code, number))
  const query = await client.get(queryPath(code, await openidOf(code)))
  const { effects } = await scene.control.ledger({})
  const booked = effects.filter((effect) => effect.code === code && effect.useRequestNo === number)
  return { use, query, booked: booked.length }
}

describe.each(['public-key', 'platform-certificates'] as const)(
  'wechatpay-axios-plugin against the stand-in, %s',
  (mode) => {
    test('redeems and queries', async () => {
      await scene.control.behave({ keyMode: mode })
      const client = createAxiosPlugin(scene.standIn.origin, scene.till, allKeys())
      expect(await redeemAndQuery(client)).toEqual(redeemed)
    })

    test('gets a refusal for a second number on the same coupon', async () => {
      await scene.control.behave({ keyMode: mode })
      const client = createAxiosPlugin(scene.standIn.origin, scene.till, allKeys())
      const code = await freshCode()
      await client.post(usePath, useRequest(code, newRequestNo()))
      await expect(client.post(usePath, useRequest(code, newRequestNo()))).rejects.toMatchObject({
        response: { status: 400, data: { code: 'RESOURCE_ALREADY_EXISTS' } },
      })
    })
  },
)

test('wechatpay-axios-plugin fetches and decrypts the platform certificates', async () => {
  await scene.control.behave({ keyMode: 'platform-certificates' })
  const client = createAxiosPlugin(scene.standIn.origin, scene.till, certificateKeys())
  expect(await client.certificates(enrolled.apiV3Key)).toEqual(certificateKeys())
})

describe('wechatpay-node-v3 against the stand-in', () => {
  test('redeems and queries', async () => {
    const client = new NodeV3Client(scene.standIn.origin, scene.till, enrolled.apiV3Key)
    expect(await redeemAndQuery(client)).toEqual(redeemed)
  })

  test('fetches and decrypts the platform certificates', async () => {
    await scene.control.behave({ keyMode: 'platform-certificates' })
    const client = new NodeV3Client(scene.standIn.origin, scene.till, enrolled.apiV3Key)
    const expected = enrolled.platformCertificates.map(({ serial, certificatePem }) => {
      const { publicKey } = new X509Certificate(certificatePem)
      return { serial_no: serial, publicKey: publicKey.export({ format: 'pem', type: 'spki' }) }
    })
    expect(await client.get_certificates(enrolled.apiV3Key)).toMatchObject(expected)
  })
})

describe('all three clients agree on a reply', () => {
  const tampered = [
    'bad-signature',
    'signtest',
    'no-signature',
    'unknown-serial',
    'stale-signature',
    'cut-body',
  ] as const

  test('that is genuine', async () => {
    await scene.control.behave({ keyMode: 'platform-certificates' })
    const code = await freshCode()
    expect(await ours(code)).toBe(true)
    expect(await axiosPlugin(code)).toBe(true)
    expect(await nodeV3(code)).toBe(true)
  })

  test.each(tampered)('that has a %s', async (kind) => {
    await scene.control.behave({ keyMode: 'platform-certificates' })
    const code = await freshCode()
    await scene.control.addFault({ kind, times: 3, match: { code } })
    expect(await ours(code)).toBe(false)
    expect(await axiosPlugin(code)).toBe(false)
    // This client does not check a reply's age.
    expect(await nodeV3(code)).toBe(kind === 'stale-signature')
  })
})

async function ours(code: string): Promise<boolean> {
  const reply = await scene.gateway.useCoupon(body(code), patient)
  return reply.kind === 'answered' && reply.status === 200 && reply.verified
}

async function axiosPlugin(code: string): Promise<boolean> {
  const client = createAxiosPlugin(scene.standIn.origin, scene.till, certificateKeys())
  try {
    await client.post(usePath, asObject(body(code)))
    return true
  } catch (error) {
    // Its own error for a reply that does not verify; any other error says nothing about the reply.
    if (/"code":"EV3_RES_/.test(JSON.stringify(error))) return false
    throw error
  }
}

async function nodeV3(code: string): Promise<boolean> {
  const client = new NodeV3Client(scene.standIn.origin, scene.till, enrolled.apiV3Key)
  const request = asObject(body(code))
  const reply = await fetch(scene.standIn.origin + usePath, {
    method: 'POST',
    headers: {
      Authorization: client.authorizationFor(usePath, request),
      'Content-Type': 'application/json',
      'User-Agent': 'raw',
    },
    body: JSON.stringify(request),
  })
  const signature = reply.headers.get('wechatpay-signature')
  if (signature === null) return false
  try {
    return await client.verifySign({
      timestamp: reply.headers.get('wechatpay-timestamp') ?? '',
      nonce: reply.headers.get('wechatpay-nonce') ?? '',
      serial: reply.headers.get('wechatpay-serial') ?? '',
      signature,
      body: await reply.text(),
    })
  } catch (error) {
    if (String(error).includes('未找到平台序列号')) return false
    throw error
  }
}

/** Each client sends these same bytes, so that each gets the same reply, tampered with in the same way. */
function body(code: string): Uint8Array {
  return useBody({ code, appid: scene.till.appid, useRequestNo: `number-${code}` })
}

function asObject(bytes: Uint8Array): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(bytes).toString()))
}
