import { familyOf, type Reason } from '../contract/reason.ts'
import { hadNoEffect, type Redemption } from './redemption.ts'
import { sentIn, stockIn } from './sent-request.ts'

/** What this till knows of a number, whether or not its row opens. */
export type Standing = Pick<
  Redemption,
  'state' | 'reason' | 'handOvers' | 'attempts' | 'honoured' | 'honouredValueFen' | 'given'
>

/** Another number of this till under the same code. */
export type Sibling = Pick<
  Redemption,
  'useRequestNo' | 'state' | 'reason' | 'resolution' | 'stockId' | 'settledAt'
>

/** What there is here already when an entry is brought. */
export interface Known {
  /** Under the same number. */
  readonly here: Standing | null
  /** Under other numbers, the same code. */
  readonly siblings: readonly Sibling[]
  /**
   * This till's records were restored or rescued once: what it did in the time that they lack is not known, and the
   * entry may have been here then.
   */
  readonly hasLostTime: boolean
}

/** What became of a brought entry, and how it is to be written; `null`: nothing changes. */
export interface Taken {
  /**
   * `taken`: goes on here. `known`: here already, or decided or handed on since. `closed`: its coupon was redeemed or
   * returned here under another number, and nothing hangs on this one. `review`: a person has to decide.
   */
  readonly kind: 'taken' | 'known' | 'closed' | 'review'
  readonly redemption: Redemption | null
  /** Why it does not go on by itself. */
  readonly why: Reason | null
}

/** How many entries of a file became what. */
export type TakenOver = Readonly<Record<Taken['kind'], number>>

export const nothingTaken: TakenOver = { taken: 0, known: 0, closed: 0, review: 0 }

const open: ReadonlySet<string> = new Set(['pending', 'returning', 'review'])

/**
 * Whether an entry tells more than this till knows. Each hand-over raises the number's count: a file that is older than
 * what is here re-opens nothing, and what was decided here stays decided.
 */
export function isNews(entry: Redemption, here: Standing | null): boolean {
  if (here === null) return true
  const isGoneOn = here.state === 'resolved' && here.reason === 'handed-over'
  return (isGoneOn || open.has(here.state)) && entry.handOvers > here.handOvers
}

/** What this till makes of one entry that another handed over. Writes nothing. */
export function takeOver(brought: Redemption, known: Known, at: number): Taken {
  const { here, siblings } = known
  if (!isNews(brought, here)) return { kind: 'known', redemption: null, why: null }
  const entry = merged(brought, known)
  const why = heldHere(entry, siblings)
  if (why === null && entry.state === 'review') return { kind: 'review', redemption: entry, why }
  if (why === null) {
    const nextAttemptAt = entry.nextAttemptAt ?? at
    return { kind: 'taken', redemption: { ...entry, nextAttemptAt }, why }
  }
  const stopped = { ...entry, reason: why, settledAt: at, nextAttemptAt: null, heldUntil: null }
  return hasNothingOnIt(entry)
    ? { kind: 'closed', redemption: { ...stopped, state: 'cancelled', heldUntil: null }, why }
    : { kind: 'review', redemption: { ...stopped, state: 'review' }, why }
}

/**
 * Whether a number that was stopped for another one of the same coupon may be sent again on a person's order. Where the
 * coupon was returned here, only what was scanned after that.
 */
export function mayGoOn(entry: Redemption, siblings: readonly Sibling[]): boolean {
  const { reason } = entry
  if (!isStopped(reason)) return true
  const why = heldHere(entry, siblings)
  if (why === null) return reason !== 'returned-here-before' && reason !== 'redeemed-here-before'
  const returnedAt = siblings
    .filter(({ state }) => state === 'returned')
    .map(({ settledAt }) => settledAt ?? 0)
  return why === 'returned-here-before' && entry.recordedAt > Math.max(...returnedAt)
}

/** Two of the till's own readings of one number: after a restore it goes on with one that it had handed over since. */
function merged(entry: Redemption, { here, hasLostTime }: Known): Redemption {
  const isOpenHere = here !== null && open.has(here.state)
  const uncertain = entry.uncertain || hasLostTime || isOpenHere
  if (!isOpenHere) return { ...entry, uncertain }
  return {
    ...entry,
    uncertain,
    attempts: Math.max(entry.attempts, here.attempts),
    honoured: entry.honoured || here.honoured,
    honouredValueFen: entry.honouredValueFen ?? here.honouredValueFen,
    given: entry.given ?? here.given,
  }
}

/** Why an entry must not be sent here: another number of this till has the coupon, had it, or may have it. */
function heldHere(entry: Redemption, siblings: readonly Sibling[]): Reason | null {
  const stockId = stockIn(entry.body)
  const same = siblings.filter(
    (other) => stockId === null || other.stockId === null || other.stockId === stockId,
  )
  const reasons = same.map((other) => reasonOf(entry, other))
  // What holds the coupon says more than what held it once.
  return order.find((reason) => reasons.includes(reason)) ?? null
}

const order = [
  'redeemed-here-before',
  'being-returned',
  'waiting-here-already',
  'in-review-here',
  'returned-here-before',
] as const satisfies readonly Reason[]

function reasonOf(entry: Redemption, other: Sibling): (typeof order)[number] | null {
  const { state, reason, resolution } = other
  switch (state) {
    case 'redeemed':
      return 'redeemed-here-before'
    case 'returning':
      return 'being-returned'
    case 'pending':
      return 'waiting-here-already'
    case 'review':
      // One that was stopped for another stops none itself.
      return isStopped(reason) ? null : 'in-review-here'
    case 'returned':
      // A return redeems nothing.
      return entry.state === 'returning' ? null : 'returned-here-before'
    case 'resolved':
      // Seen not to have been redeemed, or gone on with elsewhere: it holds nothing.
      return reason === 'handed-over' || resolution === 'not-redeemed'
        ? null
        : 'redeemed-here-before'
    case 'refused':
    case 'cancelled':
      return null
  }
}

/** Its reason is that the till knows the coupon under another number. */
function isStopped(reason: Reason | null): boolean {
  return reason !== null && familyOf(reason) === 'recalled'
}

/** Nothing was given for it and nothing can have come of it: the coupon is as its customer knows it. */
function hasNothingOnIt(entry: Redemption): boolean {
  return (
    entry.couponReturn === null && !entry.honoured && entry.given === null && hadNoEffect(entry)
  )
}

/** Whether its request is signed in another merchant's name: sent from here it would stop the whole queue. */
export function isForeign({ body }: Redemption, appid: string): boolean {
  return (sentIn(body).appid ?? appid) !== appid
}
