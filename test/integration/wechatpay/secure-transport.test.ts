import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { WechatpayOptions } from '../../../main/wechatpay/wechatpay-gateway.ts'
import {
  type TlsIdentity,
  closedPort,
  createTlsIdentity,
  serveHttpProxy,
  serveSocks5,
  serveTls,
} from '../../support/loopback-servers.ts'
import { createTestGateway, useBody } from '../../support/till-credentials.ts'
import { type Scene, createScene, newRequestNo, patient } from '../../support/wechatpay-scene.ts'

let scene: Scene
let identity: TlsIdentity
beforeAll(async () => {
  scene = await createScene()
  identity = await createTlsIdentity()
  return () => scene.close()
})

describe('TLS', () => {
  test('a host whose certificate is trusted is used', async () => {
    const { origin } = await startTls()
    expect(await redeem({ origins: [origin] })).toMatchObject({ status: 200, verified: true })
  })

  test('a host that cannot prove its name is sent nothing', async () => {
    const { origin, count } = await startTls()
    const before = await scene.control.ledger({})
    expect(await redeem({ origins: [origin], certificateAuthorities: [] })).toEqual({
      kind: 'unanswered',
      fault: 'tls',
      mayHaveArrived: false,
    })
    expect(count()).toBe(0)
    expect(await scene.control.ledger({})).toEqual(before)
  })

  test('a hijacked primary host is skipped for the backup', async () => {
    const stranger = await startTls(await createTlsIdentity())
    const backup = await startTls()
    const origins = [stranger.origin, backup.origin]
    expect(await redeem({ origins })).toMatchObject({ status: 200, verified: true })
    expect(backup.count()).toBe(1)
  })
})

describe('proxies', () => {
  test('an HTTP proxy is used as the system is configured', async () => {
    const { origin } = await startTls()
    const proxy = await serveHttpProxy()
    const asked: string[] = []
    const resolveProxy = async (url: string) => {
      asked.push(url)
      return `PROXY 127.0.0.1:${proxy.port}`
    }
    expect(await redeem({ origins: [origin], resolveProxy })).toMatchObject({ verified: true })
    expect(proxy.count()).toBe(1)
    expect(asked).toEqual([`${origin}/`])
  })

  test('a SOCKS 5 proxy is used as the system is configured', async () => {
    const { origin } = await startTls()
    const proxy = await serveSocks5()
    const resolveProxy = async () => `SOCKS5 127.0.0.1:${proxy.port}`
    expect(await redeem({ origins: [origin], resolveProxy })).toMatchObject({ verified: true })
    expect(proxy.count()).toBe(1)
  })

  test('the next proxy is used when one is dead', async () => {
    const { origin } = await startTls()
    const port = await closedPort()
    const resolveProxy = async () => `PROXY 127.0.0.1:${port}; DIRECT`
    expect(await redeem({ origins: [origin], resolveProxy })).toMatchObject({ verified: true })
  })

  test.each([407, 502])('a proxy that replies %d is reported as the cause', async (status) => {
    const { origin, count } = await startTls()
    const proxy = await serveHttpProxy(status)
    const resolveProxy = async () => `PROXY 127.0.0.1:${proxy.port}`
    expect(await redeem({ origins: [origin], resolveProxy })).toEqual({
      kind: 'unanswered',
      fault: 'proxy',
      mayHaveArrived: false,
    })
    expect(count()).toBe(0)
  })

  test('a failing proxy resolver names no proxy', async () => {
    const { origin } = await startTls()
    const failing = { origins: [origin], resolveProxy: () => Promise.reject(new Error('no PAC')) }
    expect(await redeem(failing)).toMatchObject({ verified: true })
  })

  test('a proxy of an unsupported kind is not bypassed', async () => {
    const { origin, count } = await startTls()
    const socks4 = { origins: [origin], resolveProxy: async () => 'SOCKS 127.0.0.1:1080' }
    expect(await redeem(socks4)).toEqual({
      kind: 'unanswered',
      fault: 'proxy',
      mayHaveArrived: false,
    })
    expect(count()).toBe(0)
  })

  test('an impostor behind the proxy is still recognised by its certificate', async () => {
    const { origin } = await startTls(await createTlsIdentity())
    const proxy = await serveHttpProxy()
    const resolveProxy = async () => `PROXY 127.0.0.1:${proxy.port}`
    expect(await redeem({ origins: [origin], resolveProxy })).toMatchObject({ fault: 'tls' })
  })

  test('resolving the proxy counts against the deadline', async () => {
    const { origin } = await startTls()
    const resolveProxy = never
    const deadlines = { totalMs: 200 }
    expect(await redeem({ origins: [origin], resolveProxy, deadlines })).toEqual({
      kind: 'unanswered',
      fault: 'timeout',
      mayHaveArrived: false,
    })
  })
})

function never(): Promise<string> {
  return new Promise(() => {})
}

async function startTls(as: TlsIdentity = identity) {
  const { port, count } = await serveTls(as, scene.standIn.origin)
  return { origin: `https://localhost:${port}`, count }
}

async function redeem(options: Partial<WechatpayOptions> & Pick<WechatpayOptions, 'origins'>) {
  await scene.control.renewSamples({})
  const certificateAuthorities = [identity.certificatePem]
  const gateway = createTestGateway(scene.till, { certificateAuthorities, ...options })
  onTestFinished(() => gateway.close())
  const { appid } = scene.till
  const body = useBody({ code: await scene.sample(), appid, useRequestNo: newRequestNo() })
  return gateway.useCoupon(body, patient)
}
