import { z } from 'zod'
import { beijingMs, dayMs, hourMs } from '../contract/beijing-day.ts'
import { RedemptionState, Resolution } from '../contract/redemption-view.ts'
import { countedState } from './counted.ts'
import type { Database } from './database.ts'

const yes = z.number().transform((value) => value === 1)
export const LedgerGroups = z.array(
  z.object({
    stockId: z.string().nullable(),
    cashier: z.string().nullable(),
    /** Of Beijing's day, 0 to 23. */
    hour: z.number(),
    state: RedemptionState,
    resolution: Resolution.nullable(),
    isHonoured: yes,
    isGiven: yes,
    isReleased: yes,
    isReturnRefused: yes,
    /** Whether what was given for them, or would be, is on record. */
    isSumKnown: yes,
    /** The orders' total where that is not on record. */
    totalFen: z.number().nullable(),
    /** A booking has the value that its batch had then, also where that was unknown. */
    isBooking: yes,
    /** Negative for what is taken away. */
    count: z.number(),
    /** What cashiers were told to deduct, in fen. */
    givenFen: z.number(),
    /** What they were worth when they were honoured without a reply, in fen. */
    honouredFen: z.number(),
  }),
)
/** Redemptions, or bookings about them, that all figures count alike. */
export type LedgerGroup = z.infer<typeof LedgerGroups>[number]

/** A discount that was given without a reply and confirmed later. */
const HonouredRows = z.array(
  z.object({
    stockId: z.string().nullable(),
    givenFen: z.number(),
    totalFen: z.number().nullable(),
  }),
)
export type HonouredRow = z.infer<typeof HonouredRows>[number]

/** The redemptions whose row is after the first number and not after the second. */
export interface Stretch {
  readonly after: number
  readonly upTo: number
}

/** Which part of the ledger is counted. */
export interface Scope {
  /** The rows in question, in order; `null` for all. */
  readonly stretches: readonly Stretch[] | null
  /** By the time of recording, or of booking: epoch milliseconds, the end not included; `null` for no limit. */
  readonly from: number | null
  readonly until: number | null
  /** Which bookings: by the newest shift at that time, and by whether a shift was open; `null` for all. */
  readonly lastShift: number | null
  readonly inShift: boolean | null
}

/** `here`: booked in the scope about coupons that were recorded elsewhere. `elsewhere`: the other way round. */
export type BookingSide = 'here' | 'elsewhere'

/** All redemptions, without limits. */
export const everything: Scope = {
  stretches: null,
  from: null,
  until: null,
  lastShift: null,
  inShift: null,
}

export const grouping = 'GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11'

export function hourOf(column: string): string {
  return `((${column} + ${beijingMs}) % ${dayMs}) / ${hourMs}`
}

/** The columns of `LedgerGroups`, as SQL on `redemption`, of rows that are grouped by `grouping`. */
export const rowGroups = `stock_id AS stockId, redemption.cashier, ${hourOf('redemption.recorded_at')} AS hour,
  ${countedState} AS state, resolution, honoured AS isHonoured, given_at IS NOT NULL AS isGiven,
  released_at IS NOT NULL AS isReleased, return_refused_at IS NOT NULL AS isReturnRefused,
  coalesce(given_fen, stake_fen) IS NOT NULL AS isSumKnown,
  CASE WHEN coalesce(given_fen, stake_fen) IS NULL THEN total_fen END AS totalFen,
  0 AS isBooking, count(*) AS count,
  ifnull(sum(coalesce(given_fen, stake_fen)), 0) AS givenFen,
  ifnull(sum(coalesce(stake_fen, given_fen)), 0) AS honouredFen`

/**
 * Reads the ledger: what the redemptions count for now, and the late bookings about them (`late-bookings.ts`). A scope's figures
 * are its redemptions, plus what is booked in it about others, less what is booked elsewhere about its own: so the figures
 * of any parts add up to those of the whole, and what is booked later elsewhere changes nothing here.
 */
export class LedgerQuery {
  readonly #database: Database
  readonly #rows
  readonly #honoured

  constructor(database: Database) {
    this.#database = database
    this.#rows = database.prepare(`
      SELECT ${rowGroups} FROM redemption
      WHERE rowid > @after AND rowid <= @upTo AND recorded_at >= @from AND recorded_at < @until ${grouping}`)
    this.#honoured = database.prepare(`
      SELECT stock_id AS stockId, coalesce(given_fen, stake_fen) AS givenFen, total_fen AS totalFen FROM redemption
      WHERE rowid > @after AND rowid <= @upTo AND recorded_at >= @from AND recorded_at < @until
        AND honoured = 1 AND given_at IS NOT NULL AND coalesce(given_fen, stake_fen) IS NOT NULL
        AND ${countedState} IN ('redeemed', 'returning')`)
  }

  /** Returns the redemptions of a stretch that were recorded within a scope's times, grouped. */
  rows({ after, upTo }: Stretch, { from, until }: Pick<Scope, 'from' | 'until'>): LedgerGroup[] {
    return LedgerGroups.parse(this.#rows.all({ after, upTo, ...limitsOf({ from, until }) }))
  }

  /** Of the same, what was honoured with a known sum and confirmed since. They are few. */
  honoured(
    { after, upTo }: Stretch,
    { from, until }: Pick<Scope, 'from' | 'until'>,
  ): HonouredRow[] {
    return HonouredRows.parse(this.#honoured.all({ after, upTo, ...limitsOf({ from, until }) }))
  }

  /** Returns the bookings of one side, grouped. To be added for `here`; for `elsewhere` they are taken away already. */
  bookings(scope: Scope, side: BookingSide): LedgerGroup[] {
    const [time, factor] = side === 'here' ? ['booked_at', 1] : ['recorded_at', -1]
    const select = this.#database.prepare(`
      SELECT stock_id AS stockId, cashier, ${hourOf(time)} AS hour, state, resolution, honoured AS isHonoured,
        given AS isGiven, released AS isReleased, return_refused AS isReturnRefused,
        given_fen IS NOT NULL AS isSumKnown, NULL AS totalFen, 1 AS isBooking, sum(sign * ${factor}) AS count,
        ifnull(sum(sign * ${factor} * given_fen), 0) AS givenFen,
        ifnull(sum(sign * ${factor} * honoured_fen), 0) AS honouredFen
      FROM late_booking WHERE ${bookingsWhere(scope, side)} ${grouping}`)
    return LedgerGroups.parse(select.all(bindingsOf(scope)))
  }

  /** Returns how many coupons such bookings are about. */
  coupons(scope: Scope, side: BookingSide): number {
    const select = this.#database.prepare(
      `SELECT count(DISTINCT redemption) FROM late_booking WHERE ${bookingsWhere(scope, side)}`,
    )
    return z.number().parse(select.pluck().get(bindingsOf(scope)))
  }
}

function limitsOf({ from, until }: Pick<Scope, 'from' | 'until'>) {
  return { from: from ?? Number.MIN_SAFE_INTEGER, until: until ?? Number.MAX_SAFE_INTEGER }
}

/** Returns, as SQL on `late_booking`, the bookings of one side; `bindingsOf` has its values. */
export function bookingsWhere(scope: Scope, side: BookingSide): string {
  const booked = [
    ...within('booked_at', scope),
    ...(scope.lastShift === null ? [] : ['last_shift = @lastShift']),
    ...(scope.inShift === null ? [] : ['in_shift = @inShift']),
  ]
  const recorded = [
    ...within('recorded_at', scope),
    ...(scope.stretches === null ? [] : [isInStretches('late_booking.redemption', scope)]),
  ]
  const [is, isNot] = side === 'here' ? [booked, recorded] : [recorded, booked]
  return `${all(is)} AND NOT (${all(isNot)})`
}

export function bindingsOf(scope: Scope): Record<string, string | number | null> {
  const [only] = scope.stretches ?? []
  return {
    from: scope.from,
    until: scope.until,
    lastShift: scope.lastShift,
    inShift: Number(scope.inShift),
    stretches: JSON.stringify((scope.stretches ?? []).map(({ after, upTo }) => [after, upTo])),
    stretchAfter: only?.after ?? 0,
    stretchUpTo: only?.upTo ?? 0,
  }
}

/** Returns, as SQL, whether a row number lies in the scope's stretches. */
export function isInStretches(id: string, { stretches }: Scope): string {
  if (stretches?.length === 1) return `(${id} > @stretchAfter AND ${id} <= @stretchUpTo)`
  return `EXISTS (SELECT 1 FROM json_each(@stretches)
    WHERE ${id} > json_extract(value, '$[0]') AND ${id} <= json_extract(value, '$[1]'))`
}

function within(column: string, { from, until }: Scope): string[] {
  return [
    ...(from === null ? [] : [`${column} >= @from`]),
    ...(until === null ? [] : [`${column} < @until`]),
  ]
}

function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : conditions.join(' AND ')
}
