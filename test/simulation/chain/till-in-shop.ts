import { endsClaim, type JournalRecord } from '../../../main/redemption/journal.ts'
import type { Claim, ClaimResult, ShopLock } from '../../../main/redemption/shop-lock.ts'
import type { Till } from '../../../main/redemption/till.ts'
import type { Store } from '../../../main/store/store.ts'
import { Crash } from '../crash-plan.ts'
import type { EventQueue } from '../event-queue.ts'
import type { History } from '../history.ts'
import { DiskFull } from '../troubled-parts.ts'
import type { ServerLine } from './server-line.ts'

interface TillInShopParts {
  readonly id: string
  readonly queue: EventQueue
  readonly line: ServerLine
  readonly history: History
  readonly onFault: (cause: unknown) => void
}

/** How the client stands towards the server; kept by the server's consumer and the till's pinned incarnation, over restarts. */
interface Kept {
  incarnation: number
  newsTo: number
}

const againMs = 5000
const manyRecords = 10

/** One process's side of the shop, as the ports describe what the engine does: lock, journal, news, and assertion after a lost disk. */
class Client implements ShopLock {
  readonly #parts: TillInShopParts
  readonly #kept: Kept
  readonly #isDead: () => boolean
  readonly #releases: Claim[] = []
  #at: { readonly till: Till; readonly store: Store } | null = null
  #isRunning = false
  #isWanted = false

  constructor(parts: TillInShopParts, kept: Kept, isDead: () => boolean) {
    this.#parts = parts
    this.#kept = kept
    this.#isDead = isDead
  }

  claim(claim: Claim): Promise<ClaimResult> {
    const { line, id } = this.#parts
    return this.#living(
      async () => (await line.call((server) => server.claim(id, claim))) ?? unanswered,
    )
  }

  release(claim: Claim): void {
    this.#releases.push(claim)
    this.wake()
  }

  open(till: Till, store: Store): void {
    this.#at = { till, store }
    // As an owner had it join before its first scan. What cannot be written then is tried again.
    this.#join(store)
    store.journal.onAdded(() => this.wake())
    this.wake()
  }

  close(): void {
    this.#at = null
  }

  wake(): void {
    this.#isWanted = true
    if (this.#isRunning) return
    this.#isRunning = true
    this.#parts.queue.after(1, () => void this.#run())
  }

  async #run(): Promise<void> {
    this.#isWanted = false
    let isDone = false
    try {
      isDone = this.#at !== null && (await this.#living(() => this.#pass()))
    } catch (cause) {
      // What a dead process began nobody goes on with.
      if (!(cause instanceof Crash)) this.#parts.onFault(cause)
      if (!(cause instanceof DiskFull)) return
    }
    this.#isRunning = false
    if (this.#at === null) return
    if (!isDone) this.#parts.queue.after(againMs, () => this.wake())
    else if (this.#isWanted) this.wake()
  }

  /** Returns whether everything that could be done was done. */
  async #pass(): Promise<boolean> {
    if (this.#at !== null) this.#join(this.#at.store)
    return (
      (await this.#assert()) &&
      (await this.#sendReleases()) &&
      (await this.#forward()) &&
      (await this.#hear())
    )
  }

  #join(store: Store): void {
    try {
      const by = { by: '-', why: 'simulation' }
      store.journal.begin('shop', { at: this.#parts.queue.now, by })
    } catch (cause) {
      if (!(cause instanceof DiskFull) && !(cause instanceof Crash)) throw cause
    }
  }

  async #assert(): Promise<boolean> {
    const { line, id } = this.#parts
    const incarnation = await line.call((server) => server.incarnation)
    if (incarnation === null) return false
    if (incarnation === this.#kept.incarnation) return true
    const claims = this.#at?.till.heldClaims() ?? []
    const asserted = await line.call((server) => {
      server.assert(id, claims)
      return true
    })
    if (asserted === null) return false
    Object.assign(this.#kept, { incarnation, newsTo: 0 } satisfies Kept)
    return true
  }

  async #sendReleases(): Promise<boolean> {
    for (let next = this.#releases[0]; next !== undefined; next = this.#releases[0]) {
      if (!(await this.#release(next))) return false
      this.#releases.shift()
    }
    return true
  }

  async #release(claim: Claim): Promise<boolean> {
    const done = await this.#parts.line.call((server) => {
      server.release(claim)
      return true
    })
    return done === true
  }

  async #forward(): Promise<boolean> {
    const { line, id } = this.#parts
    const records = this.#at?.store.journal.next(manyRecords) ?? []
    for (const record of records) {
      const isSent = await line.call((server) => {
        server.publish(id, record)
        return true
      })
      if (isSent === null) return false
      const ended = endsClaim(record) ? claimIn(record) : null
      if (ended !== null && !(await this.#release(ended))) return false
      this.#at?.store.journal.acknowledge(record.sequence)
    }
    if (records.length === manyRecords) this.#isWanted = true
    return true
  }

  async #hear(): Promise<boolean> {
    const { line } = this.#parts
    const news = await line.call((server) => server.news(this.#kept.newsTo))
    if (news === null || this.#at === null) return false
    if (news.told.length > 0) this.#at.till.hearFromPeers(news.told)
    this.#kept.newsTo = news.to
    return true
  }

  /** A promise of a process that has ended is never settled. */
  async #living<T>(work: () => Promise<T>): Promise<T> {
    const result = await work()
    return this.#isDead() ? new Promise<never>(() => undefined) : result
  }
}

const unanswered: ClaimResult = { outcome: 'unanswered' }

function claimIn({ couponCode, stockId, useRequestNo, at }: JournalRecord): Claim | null {
  return couponCode === null ? null : { couponCode, stockId, useRequestNo, at }
}

/** A till's place in its shop, which stays while its processes come and go. */
export class TillInShop {
  readonly #parts: TillInShopParts
  readonly #kept: Kept = { incarnation: 1, newsTo: 0 }
  #client: Client | null = null

  constructor(parts: TillInShopParts) {
    this.#parts = parts
  }

  /** The lock of a new process; `opened` is to be called once its till is made. */
  connect(isDead: () => boolean): {
    readonly lock: ShopLock
    readonly opened: (till: Till, store: Store) => void
    readonly closed: () => void
  } {
    const client = new Client(this.#parts, this.#kept, isDead)
    this.#client = client
    return {
      lock: client,
      opened: (till, store) => client.open(till, store),
      closed: () => client.close(),
    }
  }

  wake(): void {
    this.#client?.wake()
  }
}
