import type { GatewayReply } from '../../main/redemption/gateway.ts'
import type { EventQueue } from './event-queue.ts'
import { isAboutSettings } from './model-answers.ts'
import { isPlayed } from './not-yet-played.ts'
import type { PcClock } from './pc-clock.ts'

interface Wait {
  readonly heardAt: number
  /** By `Retry-After`: nothing but a new life of the till ends it. */
  readonly askedMs: number
  /** By the entry's own back-off: a person who asks for another try ends it. */
  readonly backOffMs: number
  /** What the till's clock was off by: whoever sets it ends both. */
  readonly clockOffMs: number
}

interface Watched {
  readonly till: string
  readonly clock: PcClock
  /** When somebody last asked the till to try again, by true time. */
  readonly lastNudgeAt: () => number
  readonly onViolation: (what: string) => void
}

const longestBackOffMs = 600_000

/** Holds one life of a till to what it has to wait before it sends the same request again. */
export class RetryWatch {
  readonly #waits = new Map<string, Wait>()
  readonly #undecided = new Map<string, number>()
  #nudgedAt = 0
  readonly #queue: EventQueue
  readonly #till: Watched

  constructor(queue: EventQueue, till: Watched) {
    this.#queue = queue
    this.#till = till
  }

  sends(body: string): void {
    const wait = this.#waits.get(body)
    this.#waits.delete(body)
    if (!wait || this.#clockOffMs() !== wait.clockOffMs) return
    const { till, onViolation, lastNudgeAt } = this.#till
    const waitedMs = this.#queue.now - wait.heardAt
    const seconds = waitedMs / 1000
    if (isPlayed('retry-after-kept') && waitedMs < wait.askedMs)
      onViolation(`${till} waits ${seconds} s of ${wait.askedMs / 1000} that it was asked: ${body}`)
    if (isPlayed('back-off-kept') && waitedMs < wait.backOffMs && lastNudgeAt() < wait.heardAt)
      onViolation(`${till} backs off for ${seconds} s of ${wait.backOffMs / 1000}: ${body}`)
  }

  hears(body: string, reply: GatewayReply): void {
    if (reply.kind !== 'answered') return
    this.#waits.set(body, {
      heardAt: this.#queue.now,
      askedMs: reply.retryAfterMs ?? 0,
      backOffMs: this.#backOffMs(body, reply),
      clockOffMs: this.#clockOffMs(),
    })
  }

  /** Half of what doubles with each answer that decides nothing; the other half is chance. */
  #backOffMs(body: string, reply: GatewayReply): number {
    const nudgedAt = this.#till.lastNudgeAt()
    // A person may have it begin anew.
    if (nudgedAt !== this.#nudgedAt) this.#undecided.clear()
    this.#nudgedAt = nudgedAt
    const isCounted =
      reply.kind === 'answered' && reply.carriesSignature === true && !isAboutSettings(reply.body)
    const times = (this.#undecided.get(body) ?? 0) + (isCounted ? 1 : 0)
    this.#undecided.set(body, times)
    return isCounted ? Math.min(longestBackOffMs, 1000 * 2 ** (times - 1)) / 2 : 0
  }

  #clockOffMs(): number {
    return this.#till.clock.best() - this.#queue.now
  }
}
