import type { Answered, GatewayReply } from '../../main/redemption/gateway.ts'
import type { EventQueue } from './event-queue.ts'
import { errorCodeOf, isAboutSettings } from './model-answers.ts'
import type { PcClock } from './pc-clock.ts'

interface Wait {
  readonly heardAt: number
  /** From `Retry-After`: only a restart of the till ends it. */
  readonly askedMs: number
  /** The entry's own back-off: a person who asks for another try ends it. */
  readonly backOffMs: number
  /** How much the till's clock was off: setting the clock ends both. */
  readonly clockOffMs: number
}

interface Watched {
  readonly till: string
  readonly clock: PcClock
  /** Returns when somebody last asked the till to try again, by true time. */
  readonly lastNudgeAt: () => number
  readonly onViolation: (what: string) => void
}

const longestBackOffMs = 600_000
const aWrongKey = 'a wrong key'

/** Checks that one process of a till waits as long as it must before it repeats a request. */
export class RetryWatch {
  readonly #waits = new Map<string, Wait>()
  readonly #undecided = new Map<string, number>()
  /** By request: its last error, where that may be the coupon's or the settings'. */
  readonly #doubts = new Map<string, string>()
  /** By error: the coupons that got it since one was last confirmed. */
  readonly #shared = new Map<string, Set<string>>()
  #nudgedAt = 0
  readonly #queue: EventQueue
  readonly #till: Watched

  /** `unprovable`: coupons whose replies could not be verified before a restart, which the till remembers. */
  constructor(queue: EventQueue, till: Watched, unprovable: Set<string>) {
    this.#queue = queue
    this.#till = till
    this.#shared.set(aWrongKey, unprovable)
  }

  sends(body: string): void {
    const wait = this.#waits.get(body)
    this.#waits.delete(body)
    if (!wait || this.#clockOffMs() !== wait.clockOffMs) return
    const { till, onViolation, lastNudgeAt } = this.#till
    const waitedMs = this.#queue.now - wait.heardAt
    const seconds = waitedMs / 1000
    if (waitedMs < wait.askedMs)
      onViolation(`${till} waits ${seconds} s of ${wait.askedMs / 1000} that it was asked: ${body}`)
    if (waitedMs < wait.backOffMs && lastNudgeAt() < wait.heardAt)
      onViolation(`${till} backs off for ${seconds} s of ${wait.backOffMs / 1000}: ${body}`)
  }

  hears(body: string, reply: GatewayReply): void {
    if (reply.kind !== 'answered') return
    const isDoubtful = saysNotWhose.test(errorCodeOf(reply))
    const isEverybodys = this.#isEverybodys(body, reply, isDoubtful)
    this.#waits.set(body, {
      heardAt: this.#queue.now,
      askedMs: reply.retryAfterMs ?? 0,
      backOffMs: isEverybodys ? 0 : this.#backOffMs(body, reply, isDoubtful),
      clockOffMs: this.#clockOffMs(),
    })
    this.#doubts.delete(body)
    if (isDoubtful) this.#doubts.set(body, errorCodeOf(reply))
  }

  /** Half of what doubles with each reply that decides nothing; the other half is random. */
  #backOffMs(body: string, reply: Answered, isDoubtful: boolean): number {
    const nudgedAt = this.#till.lastNudgeAt()
    // A person's order starts the back-off again.
    if (nudgedAt !== this.#nudgedAt) this.#undecided.clear()
    this.#nudgedAt = nudgedAt
    if (!reply.carriesSignature || isAboutSettings(reply.body)) return 0
    // An error that may be about the settings costs no attempt the first time, for every coupon may get it (decision
    // 17).
    const isFree = isDoubtful && this.#doubts.get(body) !== errorCodeOf(reply)
    const times = (this.#undecided.get(body) ?? 0) + (isFree ? 0 : 1)
    this.#undecided.set(body, times)
    return Math.min(longestBackOffMs, 1000 * 2 ** Math.max(0, times - 1)) / 2
  }

  /**
   * Whether two coupons got this error with nothing confirmed in between. Then it is about the settings or the key: the
   * queue stops, its entries lose no attempts, and one of them is sent once a minute to find out (decision 17).
   */
  #isEverybodys(body: string, reply: Answered, isDoubtful: boolean): boolean {
    if (reply.status === 200 && reply.verified)
      for (const codes of this.#shared.values()) codes.clear()
    if (!isDoubtful && !isUnprovable(reply)) return false
    const [, code = ''] = /"coupon_code":"([^"]+)"/.exec(body) ?? []
    const fault = isDoubtful ? `${reply.status} ${errorCodeOf(reply)}` : aWrongKey
    const codes = this.#shared.get(fault) ?? new Set()
    this.#shared.set(fault, codes.add(code))
    return codes.size > 1
  }

  #clockOffMs(): number {
    return this.#till.clock.best() - this.#queue.now
  }
}

function isUnprovable({ status, verified, carriesSignature }: Answered): boolean {
  return status < 300 && !verified && carriesSignature
}

/** Errors where only other coupons show whether it is this coupon's own or everybody's. */
const saysNotWhose = /^(NO_?AUTH|PARAM_ERROR|INVALID_REQUEST|RULE_?LIMIT|bare 4\d\d)$/
