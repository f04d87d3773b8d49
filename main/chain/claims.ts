import type { Claim, ClaimResult } from '../redemption/shop-lock.ts'
import { LockBody } from './messages.ts'
import { lockSubject, releaseSubject, streamNames } from './names.ts'
import type { ChainSealing } from './sealing.ts'
import type { Session, StoredMessage } from './session.ts'
import { type Silent, silent } from './within.ts'

/*
 * A lock is a message on a subject that takes one message. Its generation grows by one with each holder that has released it. A
 * claim is known by its request number alone: whoever finds their own number there has won, whatever was said before.
 */

/** What asking the server came to. `vacant`: nobody holds it, and the claim was not made. */
export type Asked = ClaimResult | { readonly outcome: 'vacant' }

export interface AskParts {
  readonly session: Session
  readonly sealing: ChainSealing
  readonly incarnation: string
  readonly tillId: string
  /** On `performance.now()`'s clock. */
  readonly deadline: number
  /** A lock that no till of this chain can read. */
  readonly onUnreadable: (subject: string) => void
  /** The server stored nothing, and the subject was not taken: it has no room. */
  readonly onRefused: (detail: string) => void
  readonly onStored: (sequence: number) => void
}

const unanswered = { outcome: 'unanswered' } as const

/** Claims the coupon. `unanswered` also where this number was released before: it is never held again. */
export async function claimAt(parts: AskParts, claim: Claim): Promise<ClaimResult> {
  const asked = await follow(parts, claim, true)
  return asked.outcome === 'vacant' ? unanswered : asked
}

/** Says who holds the coupon, and claims nothing. */
export function lookAt(parts: AskParts, claim: Claim): Promise<Asked> {
  return follow(parts, claim, false)
}

async function follow(parts: AskParts, claim: Claim, isClaiming: boolean): Promise<Asked> {
  const { session, sealing, incarnation, tillId } = parts
  const coupon = sealing.coupon(claim)
  const { useRequestNo, at } = claim
  const own: LockBody = { tillId, useRequestNo, at }
  // Asked beside the first claim, so that it costs no time.
  const ended = isReleased(parts, coupon, useRequestNo)

  for (let generation = 0; ; generation += 1) {
    const subject = lockSubject(incarnation, coupon, generation)
    // A number that was released is not claimed again; one answer of that is waited for, the first claim goes out beside it.
    const mayClaim = isClaiming && (generation === 0 || (await ended) === false)
    const published = mayClaim
      ? await session.publish(subject, sealing.seal(subject, own), left(parts))
      : null
    if (published?.kind === 'silent') return unanswered
    if (published?.kind === 'stored') {
      parts.onStored(published.sequence)
      return (await ended) === false ? { outcome: 'won' } : unanswered
    }
    const holding = await read(parts, subject)
    if (holding === silent) return unanswered
    if (holding === null) {
      if (published !== null) parts.onRefused(published.detail)
      return published === null ? { outcome: 'vacant' } : unanswered
    }
    const settled = await judge(parts, { coupon, useRequestNo, ended }, holding)
    if (settled !== 'released') return settled
  }
}

interface Asking {
  readonly coupon: string
  readonly useRequestNo: string
  readonly ended: Promise<boolean | Silent>
}

/** Who has the coupon, by the message that holds it; `released` where nobody does any more. */
async function judge(
  parts: AskParts,
  { coupon, useRequestNo, ended }: Asking,
  holding: StoredMessage,
): Promise<ClaimResult | 'released'> {
  const opened = LockBody.safeParse(parts.sealing.open(holding.subject, holding.data))
  if (!opened.success) {
    parts.onUnreadable(holding.subject)
    return unanswered
  }
  const holder = opened.data
  if (holder.useRequestNo === useRequestNo) {
    const isEnded = await ended
    if (isEnded === silent) return unanswered
    return isEnded ? 'released' : { outcome: 'won' }
  }
  const isFree = await isReleased(parts, coupon, holder.useRequestNo)
  if (isFree === silent) return unanswered
  return isFree ? 'released' : { outcome: 'lost', ...holder }
}

async function isReleased(
  parts: AskParts,
  coupon: string,
  useRequestNo: string,
): Promise<boolean | Silent> {
  const number = parts.sealing.number(useRequestNo)
  const found = await read(parts, releaseSubject(parts.incarnation, coupon, number))
  if (found === silent) return silent
  if (found === null) return false
  if (parts.sealing.open(found.subject, found.data) !== null) return true
  // Nobody who may release has written this.
  parts.onUnreadable(found.subject)
  return silent
}

function read(parts: AskParts, subject: string): Promise<StoredMessage | null | Silent> {
  return parts.session.last(streamNames.locks, subject, left(parts))
}

function left({ deadline }: AskParts): number {
  return Math.max(0, deadline - performance.now())
}
