import { strict as assert } from 'node:assert'
import type { ServerResponse } from 'node:http'
import * as fc from 'fast-check'
import { judgeReply, judgeReturn } from '../../../main/redemption/judge-reply.ts'
import { listen } from '../../../main/training/switchable-listener.ts'
import { createTestGateway, useBody } from '../../support/till-credentials.ts'
import { createScene, newRequestNo } from '../../support/wechatpay-scene.ts'
import { editedBytes } from '../edited-bytes.ts'
import type { FuzzKind } from '../kind.ts'

/** What a box on the line makes of the genuine reply. */
interface Tampering {
  readonly body: ((genuine: Buffer) => Buffer) | null
  readonly header: { readonly name: string; readonly value: string | null } | null
  readonly status: number | null
  /** It plays the last reply that it saw in place of this one. */
  readonly playsLast: boolean
}

interface SeenReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const covered = [
  'wechatpay-signature',
  'wechatpay-nonce',
  'wechatpay-timestamp',
  'wechatpay-serial',
]
const strangeText = fc.oneof(
  fc.stringMatching(/^[\u0020-\u007e]{0,60}$/),
  fc.constantFrom('WECHATPAY/SIGNTEST/', '0', '99999999999', '-1', '1e3', 'x'.repeat(10_000)),
)
const tamperings: fc.Arbitrary<Tampering> = fc.record({
  body: sometimes(
    fc.oneof(
      // One character for another leaves most replies readable.
      fc.record({ at: fc.nat(), by: fc.stringMatching(/^[0-9A-Za-z]$/) }).map(
        ({ at, by }) =>
          (genuine: Buffer) =>
            Buffer.from(replaced(genuine.toString(), at, by)),
      ),
      editedBytes(Buffer.from('0123456789')).map(
        (edited) => (genuine: Buffer) => Buffer.concat([genuine.subarray(0, -3), edited]),
      ),
      fc.json({ maxDepth: 4 }).map((text) => () => Buffer.from(text)),
      fc.nat(40).map((depth) => () => Buffer.from('['.repeat(depth * 1000))),
      fc.constant((genuine: Buffer) => genuine.subarray(0, genuine.length / 2)),
    ),
  ),
  header: sometimes(
    fc.record({
      name: fc.constantFrom(...covered, 'date', 'retry-after', 'request-id', 'content-type'),
      value: sometimes(strangeText),
    }),
  ),
  status: sometimes(fc.constantFrom(200, 202, 204, 301, 400, 401, 403, 404, 429, 500, 502, 503)),
  playsLast: fc.nat(9).map((number) => number === 0),
})

/** `null` half of the time. */
function sometimes<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(value, { freq: 2 })
}

function replaced(text: string, at: number, by: string): string {
  const place = at % Math.max(1, text.length)
  return text.slice(0, place) + by + text.slice(place + 1)
}

/** Replies that a box on the line changed: green is only what WeChat Pay signed for this very request. */
export const apiReplies: FuzzKind = {
  name: 'api-replies',
  counts: { short: 200, long: 30_000 },
  async open() {
    const scene = await createScene()
    let now: Tampering | null = null
    let last: SeenReply | null = null
    /** Everything of WeChat Pay's own replies to this request that decides what they mean. */
    const genuineReplies = new Set<string>()
    let sentReply = ''
    let confirmed = 0
    const box = await listen(0, (request, response) => {
      void pass().catch((cause: unknown) =>
        response.destroy(cause instanceof Error ? cause : undefined),
      )
      async function pass(): Promise<void> {
        const chunks: Buffer[] = []
        for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
        const reply = await fetch(scene.standIn.origin + (request.url ?? ''), {
          method: request.method ?? 'GET',
          headers: Object.entries(request.headers)
            .flatMap(([name, value]) =>
              typeof value === 'string' && name !== 'connection' ? [[name, value] as const] : [],
            )
            .map(([name, value]) => [name, value]),
          ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
        })
        const genuine: SeenReply = {
          status: reply.status,
          headers: Object.fromEntries(reply.headers),
          body: Buffer.from(await reply.arrayBuffer()),
        }
        const sent = tampered(genuine, now, last)
        genuineReplies.add(meaningOf(genuine))
        sentReply = meaningOf(sent)
        last = genuine
        send(response, sent)
      }
    })
    const gateway = createTestGateway(scene.till, { origins: [box.origin] })
    const codes = await scene.control.samples({})
    const code = codes.find(({ kind }) => kind === 'valid')?.code ?? ''
    // One request, again and again: the stand-in returns for a replay its first result, so that green can be had.
    const body = useBody({ code, appid: scene.till.appid, useRequestNo: newRequestNo() })
    return {
      property: (play) =>
        fc.asyncProperty(tamperings, (tampering) =>
          play(async () => {
            now = tampering
            const reply = await gateway.useCoupon(body, { signal: AbortSignal.timeout(10_000) })
            judgeReturn(reply)
            const outcome = judgeReply(reply)
            if (outcome.kind !== 'confirmed') return
            confirmed += 1
            assert.ok(genuineReplies.has(sentReply), 'a reply that was changed is green')
          }),
        ),
      async close() {
        await gateway.close()
        await box.cut()
        await scene.close()
        return `${confirmed} green`
      },
    }
  },
}

function tampered(
  genuine: SeenReply,
  tampering: Tampering | null,
  last: SeenReply | null,
): SeenReply {
  if (tampering === null) return genuine
  const { body, header, status, playsLast } = tampering
  const base = playsLast && last !== null ? last : genuine
  const headers = { ...base.headers }
  if (header?.value === null) delete headers[header.name]
  else if (header) headers[header.name] = header.value
  return { status: status ?? base.status, headers, body: body ? body(base.body) : base.body }
}

function meaningOf({ status, headers, body }: SeenReply): string {
  return JSON.stringify([status, covered.map((name) => headers[name]), body.toString('base64')])
}

function send(response: ServerResponse, { status, headers, body }: SeenReply): void {
  const {
    'content-length': _length,
    'transfer-encoding': _coding,
    connection: _connection,
    ...kept
  } = headers
  response.writeHead(status, kept)
  response.end(status === 204 ? undefined : body)
}
