import { createServer, request } from 'node:http'
import { onTestFinished } from 'vitest'
import { listenOnLoopback } from './loopback-servers.ts'

/** `request`: it is lost on its way to the till. `reply`: the till does what it was asked, and nobody hears. */
export type Loss = 'request' | 'reply' | null

export interface LossyRelay {
  readonly origin: string
  /** Every request that came: method, address, key and body. */
  readonly heard: string[]
  /** Says what is lost of the next one. */
  lose: () => Loss
}

/** Opens a proxy in front of a till's link that loses requests and replies. It closes with the test. */
export async function openLossyRelay(till: string): Promise<LossyRelay> {
  const relay = { heard: [] as string[], lose: (): Loss => null }
  const server = createServer((near, reply) => {
    const loss = relay.lose()
    const chunks: Buffer[] = []
    near.on('data', (chunk: Buffer) => chunks.push(chunk))
    near.on('end', () => {
      const body = Buffer.concat(chunks)
      relay.heard.push([near.method, near.url, near.headers['idempotency-key'], body].join(' '))
      if (loss === 'request') {
        reply.destroy()
        return
      }
      const headers = { ...near.headers, host: new URL(till).host }
      const far = request(`${till}${near.url}`, { method: near.method, headers }, (said) => {
        if (loss === 'reply') {
          said.resume().on('end', () => reply.destroy())
          return
        }
        reply.writeHead(said.statusCode ?? 500, said.headers)
        said.pipe(reply)
      })
      far.on('error', () => reply.destroy())
      // A stream that nobody hears any more ends at the till too.
      reply.on('close', () => far.destroy())
      far.end(body)
    })
  })
  const port = await listenOnLoopback(server)
  onTestFinished(() => server.closeAllConnections())
  return Object.assign(relay, { origin: `http://127.0.0.1:${port}` })
}
