import { familyOf, type Reason } from '../contract/reason.ts'
import { hadNoEffect, type Redemption } from './redemption.ts'
import { sentIn, stockIn } from './sent-request.ts'

/** What this till knows of a number, also when its row cannot be decrypted. */
export type Standing = Pick<
  Redemption,
  'state' | 'reason' | 'handOvers' | 'attempts' | 'honoured' | 'honouredValueFen' | 'given'
>

/** Another redemption of this till for the same code. */
export type Sibling = Pick<
  Redemption,
  'useRequestNo' | 'state' | 'reason' | 'resolution' | 'stockId' | 'settledAt'
>

/** What this till knows when an entry of another till comes in. */
export interface Known {
  /** The same number here; `null` if it is not known. */
  readonly here: Standing | null
  /** Other numbers with the same code. */
  readonly siblings: readonly Sibling[]
  /**
   * This till's records were restored or rescued once. What it did since that backup is not known, and the entry may have
   * been here then.
   */
  readonly hasLostTime: boolean
}

/** What becomes of an entry that comes in, and the row to write; `null`: nothing changes. */
export interface Taken {
  /**
   * `taken`: goes on here. `known`: here already, or settled or handed on since. `closed`: its coupon was redeemed or
   * returned here under another number, and nothing depends on this one. `review`: a person has to decide.
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
 * Whether an entry is newer than what this till knows. Each hand-over raises the count of a number, so that an older file
 * opens nothing again, and what was settled here stays settled.
 */
export function isNews(entry: Redemption, here: Standing | null): boolean {
  if (here === null) return true
  const isGoneOn = here.state === 'resolved' && here.reason === 'handed-over'
  return (isGoneOn || open.has(here.state)) && entry.handOvers > here.handOvers
}

/** Returns what becomes of one entry that another till handed over. Writes nothing. */
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
 * Whether a person may send a number again that was stopped because of another number of the same coupon. If the coupon was
 * returned here, only a number that was scanned after that.
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

/** Merges an entry with what is unsettled here under its number, as after a restore of older records. */
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

/** Returns why an entry must not be sent here: another number of this till has, had or may have the coupon; `null` if none does. */
function heldHere(entry: Redemption, siblings: readonly Sibling[]): Reason | null {
  const stockId = stockIn(entry.body)
  const same = siblings.filter(
    (other) => stockId === null || other.stockId === null || other.stockId === stockId,
  )
  const reasons = same.map((other) => reasonOf(entry, other))
  // A number that holds the coupon comes before one that held it once.
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
      // A number that was stopped because of another one does not stop any.
      return isStopped(reason) ? null : 'in-review-here'
    case 'returned':
      // A return does not redeem the coupon.
      return entry.state === 'returning' ? null : 'returned-here-before'
    case 'resolved':
      // It was found not to be redeemed, or another till goes on with it: it does not hold the coupon.
      return reason === 'handed-over' || resolution === 'not-redeemed'
        ? null
        : 'redeemed-here-before'
    case 'refused':
    case 'cancelled':
      return null
  }
}

/** Whether it was stopped because the till knows the coupon under another number. */
function isStopped(reason: Reason | null): boolean {
  return reason !== null && familyOf(reason) === 'recalled'
}

/** Whether nothing was given for it and no attempt can have redeemed it. */
function hasNothingOnIt(entry: Redemption): boolean {
  return (
    entry.couponReturn === null && !entry.honoured && entry.given === null && hadNoEffect(entry)
  )
}

/** Whether its request names another appid: sent from here it would stop the whole queue. */
export function isForeign({ body }: Redemption, appid: string): boolean {
  return sentIn(body).appid !== appid
}
