import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { OfficeAlert } from '../../contract/office-alerts.ts'
import { parseJson } from '../../contract/json.ts'
import { backOffMs } from '../../redemption/back-off.ts'
import type { OfficeDatabase } from '../office-database.ts'
import type { AlertChange, AlertTable } from './alert-table.ts'

/** Posts a body; resolves with the status of the reply, or `null` where there was none. */
export type Post = (
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<number | null>

export interface WebhookParts {
  readonly database: OfficeDatabase
  readonly alerts: AlertTable
  readonly post: Post
  readonly secret: () => Promise<string | null>
  /** The alert in words. */
  readonly text: (alert: OfficeAlert, event: 'opened' | 'closed' | 'test') => string
  readonly clock: () => number
  readonly random: () => number
  readonly onFault: (cause: unknown) => void
}

const Kept = z.object({
  address: z.string().nullable(),
  last: z.object({ at: z.number(), status: z.number().nullable() }).nullable(),
})
type Kept = z.infer<typeof Kept>
const Due = z.object({ id: z.number(), alert: z.number(), body: z.string(), tries: z.number() })
const Next = z.object({ due: z.number().nullable(), count: z.number() })

const mostTries = 12
const longestWaitMs = 3_600_000
const patienceMs = 10_000
const nothingKept: Kept = { address: null, last: null }

/** Sends alerts to the owner's address, in their order, until each was taken or tried often enough. No secret is in any of them. */
export class Webhook {
  readonly #parts: WebhookParts
  readonly #kept
  readonly #keep
  readonly #add
  readonly #due
  readonly #next
  readonly #again
  readonly #done
  #timer: NodeJS.Timeout | null = null
  #sending: Promise<void> | null = null
  #isClosed = false

  constructor(parts: WebhookParts) {
    const { database } = parts
    this.#parts = parts
    this.#kept = database.prepare("SELECT body FROM kept WHERE name = 'webhook'").pluck()
    this.#keep = database.prepare(
      "INSERT INTO kept VALUES ('webhook', ?) ON CONFLICT DO UPDATE SET body = excluded.body",
    )
    this.#add = database.prepare(
      'INSERT INTO posting (alert, body, tries, due_at) VALUES (?, ?, 0, ?)',
    )
    this.#due = database.prepare(
      'SELECT id, alert, body, tries FROM posting WHERE due_at <= ? ORDER BY id LIMIT 1',
    )
    this.#next = database.prepare('SELECT min(due_at) AS due, count(*) AS count FROM posting')
    this.#again = database.prepare('UPDATE posting SET tries = ?, due_at = ? WHERE id = ?')
    this.#done = database.prepare('DELETE FROM posting WHERE id = ?')
    this.#schedule()
  }

  view(): Kept & { readonly waiting: number } {
    return { ...this.#read(), waiting: Next.parse(this.#next.get()).count }
  }

  /** What waits goes to the new address; with `null`, nowhere. */
  setAddress(address: string | null): void {
    this.#keep.run(JSON.stringify({ ...this.#read(), address }))
    if (address === null) this.#parts.database.exec('DELETE FROM posting')
    this.#schedule()
  }

  add({ event, alert }: AlertChange): void {
    if (this.#read().address === null) return
    this.#add.run(Number(alert.id), this.#body(event, alert), this.#parts.clock())
    this.#parts.alerts.markSent(Number(alert.id), 'waiting')
    this.#schedule()
  }

  /** Returns the status of the reply; `null` where there was none. */
  async test(alert: OfficeAlert): Promise<number | null> {
    return this.#post(this.#body('test', alert))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#sending
  }

  #body(event: 'opened' | 'closed' | 'test', alert: OfficeAlert): string {
    return JSON.stringify({ version: 1, event, alert, text: this.#parts.text(alert, event) })
  }

  #schedule(): void {
    if (this.#isClosed || this.#sending !== null) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    const { due } = Next.parse(this.#next.get())
    if (due === null) return
    const waitMs = Math.min(longestWaitMs, Math.max(0, due - this.#parts.clock()))
    this.#timer = setTimeout(() => {
      this.#sending = this.#send()
        .catch(this.#parts.onFault)
        .finally(() => {
          this.#sending = null
          this.#schedule()
        })
    }, waitMs)
  }

  async #send(): Promise<void> {
    const { clock, random, alerts } = this.#parts
    while (!this.#isClosed) {
      const row = this.#due.get(clock())
      if (row === undefined) return
      const { id, alert, body, tries } = Due.parse(row)
      const status = await this.#post(body)
      const isTaken = status !== null && status >= 200 && status < 300
      if (isTaken || tries + 1 >= mostTries) {
        this.#done.run(id)
        alerts.markSent(alert, isTaken ? 'sent' : 'failed')
      } else this.#again.run(tries + 1, clock() + backOffMs(tries + 1, random, longestWaitMs), id)
    }
  }

  async #post(body: string): Promise<number | null> {
    const { address } = this.#read()
    if (address === null) return null
    const secret = await this.#parts.secret()
    const signature = secret && createHmac('sha256', secret).update(body).digest('hex')
    const status = await this.#parts
      .post(address, body, {
        'content-type': 'application/json',
        ...(signature && { 'hexiao-signature': `sha256=${signature}` }),
      })
      .catch(() => null)
    this.#keep.run(JSON.stringify({ ...this.#read(), last: { at: this.#parts.clock(), status } }))
    return status
  }

  #read(): Kept {
    const body = z.string().optional().parse(this.#kept.get())
    const kept = Kept.safeParse(body === undefined ? null : parseJson(body))
    return kept.success ? kept.data : nothingKept
  }
}

/** `https:`, or `http:` to this computer. */
export function isWebhookAddress(address: string): boolean {
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
}

/** Posts by HTTP. Another address that the reply names is not gone to. */
export async function postByHttp(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | null> {
  const signal = AbortSignal.timeout(patienceMs)
  const reply = await fetch(address, { method: 'POST', body, headers, redirect: 'manual', signal })
  await reply.body?.cancel()
  return reply.status
}
