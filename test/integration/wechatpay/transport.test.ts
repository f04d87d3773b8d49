import { type Server as HttpServer, createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import { closedPort, listenOnLoopback } from '../../support/loopback-servers.ts'
import { createTestGateway, useBody } from '../../support/till-credentials.ts'
import { type Scene, newRequestNo, openScene, patient } from '../../support/wechatpay-scene.ts'

describe('connections', () => {
  test('one is reused for the next request', async () => {
    const scene = await openScene()
    const seen = await countConnections(scene)
    await seen.redeem('number-1')
    await seen.redeem('number-1')
    await seen.redeem('number-1')
    expect(seen.count()).toBe(1)
  })

  test('one that the server closed while idle does no harm', async () => {
    const scene = await openScene()
    const seen = await countConnections(scene)
    await seen.redeem('number-1')
    seen.closeIdle()
    expect(await seen.redeem('number-1')).toMatchObject({ kind: 'confirmed' })
    expect(seen.count()).toBe(2)
  })

  test('one that breaks as the next request is sent is replaced within the call', async () => {
    const scene = await openScene()
    const seen = await countConnections(scene)
    await seen.redeem('number-1')
    seen.breakNextOnUsed('unprocessed')
    expect(await seen.redeem('number-2', await scene.sample('expired'))).toMatchObject({
      kind: 'refused',
      reason: 'outside-validity',
    })
  })

  test('"used by another" is not final where a broken connection may have carried the request', async () => {
    const scene = await openScene()
    await scene.control.behave({ replaySame: 'already-used' })
    const seen = await countConnections(scene)
    await seen.redeem('number-1', await scene.sample('expired'))
    seen.breakNextOnUsed('processed')
    expect(await seen.redeem('number-2')).toMatchObject({
      kind: 'unknown',
      reason: 'answer-not-final',
    })
    const { effects } = await scene.control.ledger({})
    expect(effects).toMatchObject([{ useRequestNo: 'number-2' }])
  })

  test("a request on a new connection that breaks is not repeated without the domain's knowledge", async () => {
    const scene = await openScene()
    await scene.control.addFault({ kind: 'reset-after-effect' })
    expect(await scene.send(await scene.sample())).toEqual({
      kind: 'unanswered',
      fault: 'connection',
      mayHaveArrived: true,
    })
    expect((await scene.control.ledger({})).effects).toMatchObject([{ replays: 0 }])
  })
})

describe('deadlines', () => {
  test('the whole call ends at its deadline when no reply comes', async () => {
    const scene = await openScene({ gateway: { deadlines: { totalMs: 2000 } } })
    await scene.control.addFault({ kind: 'delay-after-effect', ms: 60_000 })
    const reply = await scene.send(await scene.sample())
    expect(reply).toEqual({ kind: 'unanswered', fault: 'timeout', mayHaveArrived: true })
  })

  test('connecting has its own deadline, after which nothing has arrived', async () => {
    // Accepts connections but never completes a handshake.
    const silent = await listenOnLoopback(createTcpServer())
    const scene = await openScene()
    const gateway = createTestGateway(scene.till, {
      origins: [`https://127.0.0.1:${silent}`],
      deadlines: { connectMs: 200, totalMs: 60_000 },
    })
    onTestFinished(() => gateway.close())
    expect(await gateway.useCoupon(someBody(scene), patient)).toEqual({
      kind: 'unanswered',
      fault: 'timeout',
      mayHaveArrived: false,
    })
  })

  test('the caller may give up earlier', async () => {
    const scene = await openScene()
    await scene.control.addFault({ kind: 'delay-after-effect', ms: 60_000 })
    const body = useBody({
      code: await scene.sample(),
      appid: scene.till.appid,
      useRequestNo: newRequestNo(),
    })
    const reply = await scene.gateway.useCoupon(body, { signal: AbortSignal.timeout(2000) })
    expect(reply).toEqual({ kind: 'unanswered', fault: 'aborted', mayHaveArrived: true })
    expect(judgeReply(reply)).toMatchObject({ kind: 'unknown', reason: 'no-answer-in-time' })
  })

  test('nothing is sent for a caller who gave up before', async () => {
    const scene = await openScene()
    const reply = await scene.gateway.useCoupon(someBody(scene), { signal: AbortSignal.abort() })
    expect(reply).toEqual({ kind: 'unanswered', fault: 'aborted', mayHaveArrived: false })
    expect(await scene.control.ledger({})).toMatchObject({ effects: [], refusals: [] })
  })
})

describe('hosts', () => {
  test('the backup replies when the primary refuses connections', async () => {
    const scene = await openScene()
    const gateway = createTestGateway(scene.till, {
      origins: [await closedOrigin(), scene.standIn.origin],
    })
    onTestFinished(() => gateway.close())
    const body = useBody({
      code: await scene.sample(),
      appid: scene.till.appid,
      useRequestNo: newRequestNo(),
    })
    expect(judgeReply(await gateway.useCoupon(body, patient))).toMatchObject({ kind: 'confirmed' })
  })

  test('a request that may have reached the primary is not sent to the backup', async () => {
    const primary = await openScene()
    await primary.control.addFault({ kind: 'reset-after-effect' })
    const { origin } = primary.standIn
    // The same stand-in under another name: a second try would show as a repetition in its ledger.
    const gateway = createTestGateway(primary.till, {
      origins: [origin, origin.replace('127.0.0.1', 'localhost')],
    })
    onTestFinished(() => gateway.close())
    const body = useBody({
      code: await primary.sample(),
      appid: primary.till.appid,
      useRequestNo: newRequestNo(),
    })
    expect(await gateway.useCoupon(body, patient)).toEqual({
      kind: 'unanswered',
      fault: 'connection',
      mayHaveArrived: true,
    })
    expect((await primary.control.ledger({})).effects).toMatchObject([{ replays: 0 }])
    // Sent again, it gets its reply from the backup: the primary is skipped for now.
    expect(judgeReply(await gateway.useCoupon(body, patient))).toMatchObject({ kind: 'confirmed' })
  })

  test('after a 5xx of the primary the repetition goes to the backup, and other requests to the primary', async () => {
    const primary = await openScene()
    await primary.control.addFault({ kind: 'bad-gateway', times: 2 })
    const { origin } = primary.standIn
    const asked: string[] = []
    const relay = createServer((request, response) => {
      asked.push('backup')
      request.resume()
      response.writeHead(503).end()
    })
    const backup = `http://127.0.0.1:${await listenOnLoopback(relay)}`
    const gateway = createTestGateway(primary.till, { origins: [origin, backup] })
    onTestFinished(() => gateway.close())
    const bodies = ['number-1', 'number-2'].map((useRequestNo) =>
      useBody({ code: '1201059453000011082766', appid: primary.till.appid, useRequestNo }),
    )
    const [first = new Uint8Array(), second = new Uint8Array()] = bodies
    expect(await gateway.useCoupon(first, patient)).toMatchObject({ status: 502 })
    expect(asked).toEqual([])
    expect(await gateway.useCoupon(second, patient)).toMatchObject({ status: 502 })
    expect(asked).toEqual([])
    expect(await gateway.useCoupon(first, patient)).toMatchObject({ status: 503 })
    expect(asked).toEqual(['backup'])
    // The backup could not serve it either, so that it goes back to the primary.
    expect(await gateway.useCoupon(first, patient)).toMatchObject({ status: 404 })
  })

  test('a name that does not exist is told apart from a dead line', async () => {
    const scene = await openScene()
    const gateway = createTestGateway(scene.till, { origins: ['https://no-such-host.invalid'] })
    onTestFinished(() => gateway.close())
    expect(await gateway.useCoupon(someBody(scene), patient)).toEqual({
      kind: 'unanswered',
      fault: 'name',
      mayHaveArrived: false,
    })
  })

  test.each(['http://api.mch.weixin.qq.com', 'ftp://127.0.0.1', 'http://127.0.0.2.example.com'])(
    '%s is refused: a signature never goes out in the clear',
    async (origin) => {
      const scene = await openScene()
      expect(() => createTestGateway(scene.till, { origins: [origin] })).toThrow('https')
    },
  )
})

describe('replies', () => {
  test('a redirect is not followed', async () => {
    const scene = await openScene()
    const location = `${scene.standIn.origin}/elsewhere`
    await scene.control.addFault({ kind: 'redirect', location })
    expect(await scene.send(await scene.sample())).toMatchObject({ status: 302, verified: false })
    expect((await scene.control.ledger({})).refusals).toEqual([])
  })

  test('a reply over the size limit is not read to its end, and confirms nothing', async () => {
    const scene = await openScene()
    await scene.control.addFault({ kind: 'oversized' })
    expect(await scene.send(await scene.sample())).toMatchObject({
      status: 200,
      verified: false,
      body: null,
    })
  })
})

function someBody(scene: Scene): Uint8Array {
  const code = '1201059453000011082766'
  return useBody({ code, appid: scene.till.appid, useRequestNo: newRequestNo() })
}

async function closedOrigin(): Promise<string> {
  return `http://127.0.0.1:${await closedPort()}`
}

/** A relay in front of the stand-in that counts and breaks connections. */
async function countConnections(scene: Scene) {
  let connections = 0
  let breakNext: 'unprocessed' | 'processed' | null = null
  const served = new WeakMap<object, number>()
  const relay: HttpServer = createServer((request, response) => {
    const times = (served.get(request.socket) ?? 0) + 1
    served.set(request.socket, times)
    const breaking = times > 1 ? breakNext : null
    if (breaking !== null) breakNext = null
    void forward()

    async function forward(): Promise<void> {
      const chunks: Buffer[] = []
      for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
      if (breaking === 'unprocessed') {
        request.socket.destroy()
        return
      }
      const { method = 'GET', url = '/', headers } = request
      const reply = await fetch(scene.standIn.origin + url, {
        method,
        headers: forwarded(headers),
        body: method === 'GET' ? null : Buffer.concat(chunks),
      })
      const body = Buffer.from(await reply.arrayBuffer())
      if (breaking === 'processed') {
        request.socket.destroy()
        return
      }
      response.writeHead(reply.status, Object.fromEntries(reply.headers))
      response.end(body)
    }
  })
  relay.on('connection', () => {
    connections += 1
  })
  const port = await listenOnLoopback(relay)
  onTestFinished(() => relay.closeAllConnections())
  const gateway = createTestGateway(scene.till, { origins: [`http://127.0.0.1:${port}`] })
  onTestFinished(() => gateway.close())
  const valid = await scene.sample()
  return {
    count: () => connections,
    closeIdle: () => relay.closeIdleConnections(),
    breakNextOnUsed(how: 'unprocessed' | 'processed') {
      breakNext = how
    },
    async redeem(useRequestNo: string, code = valid) {
      // A connection is free again one turn of the event loop after its reply.
      await nextTurn()
      const body = useBody({ code, appid: scene.till.appid, useRequestNo })
      return judgeReply(await gateway.useCoupon(body, patient))
    },
  }
}

function forwarded(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const isHop = ['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)
    if (typeof value === 'string' && !isHop) kept[name] = value
  }
  return kept
}
