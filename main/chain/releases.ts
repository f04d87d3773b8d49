import type { Claim } from '../redemption/shop-lock.ts'
import type { Line } from './line.ts'
import type { PendingRelease, Remembered } from './memory.ts'
import { releaseSubject, streamNames } from './names.ts'
import type { ChainSealing } from './sealing.ts'
import type { Session } from './session.ts'
import type { Standing } from './standing.ts'
import { silent } from './within.ts'

export interface Releases {
  /** Kept on this till's disk until the server has it. Returns at once. */
  add(claim: Claim): void
  close(): void
}

export interface ReleaseParts {
  readonly line: Line
  readonly standing: Standing
  readonly sealing: ChainSealing
  readonly remembered: Remembered
  readonly onFault: (cause: unknown) => void
}

const patienceMs = 3000
const againMs = 2000

/** What is kept are keyed hashes: which coupons were released, nobody reads from it. */
export function sendReleases(parts: ReleaseParts): Releases {
  const { line, standing, sealing, remembered, onFault } = parts
  let isRunning = false
  let isClosed = false
  let timer: NodeJS.Timeout | null = null
  const stop = standing.onKnown(() => run())

  function run(): void {
    if (isClosed || isRunning || remembered.get().releases.length === 0) return
    if (timer !== null) clearTimeout(timer)
    timer = null
    isRunning = true
    send()
      .catch(onFault)
      .finally(() => {
        isRunning = false
        if (!isClosed && remembered.get().releases.length > 0) timer ??= setTimeout(run, againMs)
      })
  }

  /** Ends with the first that is not answered; it is tried again later. */
  async function send(): Promise<void> {
    for (;;) {
      const [first] = remembered.get().releases
      const session = line.session()
      const incarnation = standing.incarnation()
      if (first === undefined || session === null || incarnation === null || isClosed) return
      if (!(await release(session, incarnation, first, parts))) return
      const left = remembered.get().releases.filter((other) => other !== first)
      remembered.change({ releases: left })
    }
  }

  return {
    add(claim) {
      const pending = { coupon: sealing.coupon(claim), number: sealing.number(claim.useRequestNo) }
      remembered.change({ releases: [...remembered.get().releases, pending] }, true)
      run()
    },
    close() {
      isClosed = true
      stop()
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** Returns whether the server has it: from now on, or since before. */
export async function release(
  session: Session,
  incarnation: string,
  { coupon, number }: PendingRelease,
  { sealing, onFault }: Pick<ReleaseParts, 'sealing' | 'onFault'>,
): Promise<boolean> {
  const subject = releaseSubject(incarnation, coupon, number)
  // Sealed, though there is nothing to say: the server cannot make one.
  const sealed = sealing.seal(subject, {})
  return isStored(session, streamNames.locks, subject, sealed, { timeoutMs: patienceMs, onFault })
}

/** A refusal may be for want of room as well as for a subject that is taken: only what is read there is there. */
export async function isStored(
  session: Session,
  stream: string,
  subject: string,
  data: Uint8Array,
  { timeoutMs, onFault }: StoreOptions,
): Promise<boolean> {
  const published = await session.publish(subject, data, timeoutMs)
  if (published.kind !== 'refused') return published.kind === 'stored'
  const found = await session.last(stream, subject, timeoutMs)
  if (found === null) onFault(new Error(`the shop's server stores nothing: ${published.detail}`))
  return found !== silent && found !== null
}

interface StoreOptions {
  readonly timeoutMs: number
  readonly onFault: (cause: unknown) => void
}
