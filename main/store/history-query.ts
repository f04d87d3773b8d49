import { z } from 'zod'
import { type HistoryQuery, TimelineStep, Remark } from '../contract/history.ts'
import type { RedemptionState } from '../contract/redemption-view.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { ApiWords, type Words } from './api-words.ts'
import { nameInProgram } from './audit-names.ts'
import type { Database } from './database.ts'
import { redemptionsWhere } from './fresh-rows.ts'
import type { HistoryIndex } from './history-index.ts'
import type { RedemptionRow } from './redemption-row.ts'
import type { Sealing } from './sealing.ts'

/** Searches everything that this till recorded. */
export interface History {
  /**
   * Returns a page, newest first, and the cursor of the next page; `null` after the last. A page may be empty before
   * that.
   */
  search(query: HistoryQuery): { readonly entries: Redemption[]; readonly cursor: number | null }
  /** Every audit row of one redemption, in order. */
  timeline(useRequestNo: string): TimelineStep[]
  /** Everybody who ever scanned a coupon here, in the order of their names. */
  cashiers(): string[]
  /** Indexes what was recorded before this start, in the background. Ends early when `isStopped`. */
  catchUp(isStopped: () => boolean): Promise<void>
}

const pageLength = 50
/** Rows that are examined for one page at most: a filter that fits nothing must not keep the till from its work. */
const rowBudget = 20_000

const Found = z.array(z.looseObject({ history_id: z.number() }))
const Names = z.array(z.object({ cashier: z.string() }))
const Step = z.object({
  id: z.number(),
  at: z.number(),
  event: z.string(),
  evidence: z.string().nullable(),
  words: z.instanceof(Uint8Array).nullable(),
})
const Evidence = z.looseObject({
  by: z.string().nullish(),
  /** Who was told a verdict. */
  cashier: z.string().nullish(),
  how: z.string().nullish(),
  why: z.string().nullish(),
  apiCode: z.string().nullish(),
  apiMessage: z.string().nullish(),
  apiDetail: z.string().nullish(),
  httpStatus: z.number().nullish(),
  requestId: z.string().nullish(),
  couponState: z.string().nullish(),
  heldBy: z.string().nullish(),
  returnedBy: z.string().nullish(),
  remark: Remark.nullish().catch(null),
  verdict: TimelineStep.shape.told.nullish().catch(null),
})

/** States that are in the index `redemption_rare`. */
const rareStates: readonly RedemptionState[] = [
  'refused',
  'review',
  'returning',
  'returned',
  'cancelled',
  'resolved',
]

/** The beginning of a request number of a till: till id, time, perhaps the rest (see `use-request.ts`). */
const requestNumber = /^[0-9A-Za-z_]{1,8}-\d{8,14}(?:-[0-9A-Z]{0,8})?$/
const codeTail = /^[0-9A-Za-z\-_\\/=| ]{4}$/

interface Filter {
  readonly from: string
  readonly where: string
  /** Both are the same number; which one is named decides which table SQLite reads in order. */
  readonly order: 'redemption.rowid' | 'history_entry.id'
  readonly bindings: Record<string, unknown>
  /** How many rows may be examined; `null` where the condition itself finds few. */
  readonly budget: number | null
}

export function createHistory(
  database: Database,
  index: HistoryIndex,
  rows: RedemptionRow,
  sealing: Sealing,
): History {
  const steps = database.prepare(`
    SELECT audit.id, audit.at, audit.event, audit.evidence, api_words.sealed AS words FROM history_step
    JOIN audit ON audit.id = history_step.audit_id
    LEFT JOIN api_words ON api_words.audit_id = audit.id
    WHERE history_step.use_request_no = ? ORDER BY audit.id`)
  const apiWords = new ApiWords(database, sealing)
  const cashiers = database.prepare(
    'SELECT DISTINCT cashier FROM history_entry WHERE cashier IS NOT NULL ORDER BY cashier',
  )
  const lowest = database.prepare(`
    SELECT min(id) AS id FROM (
      SELECT id FROM history_entry WHERE id < ? ORDER BY id DESC LIMIT ${rowBudget})`)
  const LowestId = z.object({ id: z.number().nullable() })

  /** Returns the condition that leaves the fewest rows; `otherConditions` are tried on the rows that it finds. */
  function mainFilter({ text, states, cashier, isReturnRefused }: HistoryQuery): Filter {
    if (requestNumber.test(text))
      return {
        from: 'redemption JOIN history_entry ON history_entry.id = redemption.rowid',
        where: 'redemption.use_request_no >= @number AND redemption.use_request_no < @beyond',
        order: 'history_entry.id',
        bindings: { number: text, beyond: `${text}~` },
        budget: null,
      }
    if (text !== '' && !codeTail.test(text))
      return {
        from: 'redemption JOIN history_entry ON history_entry.id = redemption.rowid',
        where: `redemption.rowid IN (SELECT id FROM ${redemptionsWhere('code_fingerprint = @fingerprint')})`,
        order: 'history_entry.id',
        bindings: { fingerprint: sealing.fingerprint(text) },
        budget: null,
      }
    const from = 'history_entry CROSS JOIN redemption ON redemption.rowid = history_entry.id'
    if (text !== '')
      return {
        from,
        where: 'history_entry.code_tail = @tail',
        order: 'history_entry.id',
        bindings: { tail: text },
        budget: null,
      }
    if (isReturnRefused)
      return {
        from: 'redemption JOIN history_entry ON history_entry.id = redemption.rowid',
        where: 'redemption.return_refused_at IS NOT NULL',
        order: 'redemption.rowid',
        bindings: {},
        budget: null,
      }
    const [state] = states
    if (state !== undefined && states.length === 1 && rareStates.includes(state))
      return {
        from: 'redemption JOIN history_entry ON history_entry.id = redemption.rowid',
        // The second condition is that of the index; without it SQLite would not use the index.
        where: "redemption.state = @state AND redemption.state NOT IN ('pending', 'redeemed')",
        order: 'redemption.rowid',
        bindings: { state },
        budget: null,
      }
    if (cashier !== null)
      return {
        from,
        where: 'history_entry.cashier = @cashier',
        order: 'history_entry.id',
        bindings: {},
        budget: rowBudget,
      }
    return { from, where: 'true', order: 'history_entry.id', bindings: {}, budget: rowBudget }
  }

  /** Returns the first and the last id recorded within the query's time range; `null` when there is none. */
  function idsWithin({ from, until }: HistoryQuery): { first: number; last: number } | null {
    const Range = z.object({ first: z.number().nullable(), last: z.number().nullable() })
    const found = Range.parse(
      database
        .prepare(`
          SELECT min(id) AS first, max(id) AS last FROM history_entry
          WHERE recorded_at >= ? AND recorded_at <= ?`)
        .get(from ?? 0, until ?? Number.MAX_SAFE_INTEGER),
    )
    return found.first === null || found.last === null
      ? null
      : { first: found.first, last: found.last }
  }

  return {
    search(query) {
      index.follow()
      const range =
        query.from === null && query.until === null
          ? { first: 0, last: Number.MAX_SAFE_INTEGER - 1 }
          : idsWithin(query)
      if (range === null) return { entries: [], cursor: null }
      const filter = mainFilter(query)
      const before = Math.min(query.cursor ?? Number.MAX_SAFE_INTEGER, range.last + 1)
      const reached =
        filter.budget === null
          ? range.first
          : (LowestId.parse(lowest.get(before)).id ?? range.first)
      const after = Math.max(reached, range.first)
      const found = Found.parse(
        database
          .prepare(`
            SELECT redemption.*, history_entry.id AS history_id FROM ${filter.from}
            WHERE ${filter.where} AND ${otherConditions(query)}
            ORDER BY ${filter.order} DESC LIMIT ${pageLength}`)
          .all({
            ...filter.bindings,
            keyId: sealing.keyId,
            before,
            after,
            states: JSON.stringify(query.states),
            stockId: query.stockId,
            cashier: query.cashier,
            from: query.from,
            until: query.until,
          }),
      )
      const entries = found.flatMap((row) => {
        const read = rows.read(row)
        return read.ok ? [read.value] : []
      })
      const last = found.at(-1)?.history_id
      if (found.length === pageLength && last !== undefined) return { entries, cursor: last }
      // When the budget was used up before the rows were, the next page goes on with the older ones.
      const isThrough = filter.budget === null || after <= range.first || after <= 1
      return { entries, cursor: isThrough ? null : after }
    },
    timeline(useRequestNo) {
      // The newest steps, which are indexed last, matter most here.
      while (index.follow());
      return z
        .array(Step)
        .parse(steps.all(useRequestNo))
        .map(({ id, at, event, evidence, words }) => ({
          at,
          event: nameInProgram(event),
          ...readEvidence(evidence, apiWords.read(id, words)),
        }))
    },
    cashiers: () => Names.parse(cashiers.all()).map(({ cashier }) => cashier),
    catchUp: (isStopped) => index.catchUp(isStopped),
  }
}

/** Earlier versions have the words in the evidence itself. */
function readEvidence(text: string | null, words: Words): Omit<TimelineStep, 'at' | 'event'> {
  const parsed = Evidence.safeParse(text === null ? {} : JSON.parse(text))
  const said = parsed.success ? parsed.data : {}
  return {
    by: said.by ?? said.cashier ?? null,
    how: said.how ?? null,
    why: said.why ?? null,
    code: said.apiCode ?? null,
    message: words.apiMessage ?? said.apiMessage ?? null,
    detail: words.apiDetail ?? said.apiDetail ?? null,
    status: said.httpStatus ?? null,
    requestId: said.requestId ?? null,
    couponState: said.couponState ?? null,
    heldBy: said.heldBy ?? null,
    returnedBy: said.returnedBy ?? null,
    remark: said.remark ?? null,
    told: said.verdict ?? null,
  }
}

/** Returns, as SQL, the conditions that are tried row by row. */
function otherConditions({
  states,
  stockId,
  cashier,
  from,
  until,
  isReturnRefused,
}: HistoryQuery): string {
  return [
    'redemption.key_id = @keyId',
    'redemption.rowid < @before',
    'redemption.rowid >= @after',
    'history_entry.id < @before',
    'history_entry.id >= @after',
    ...(states.length > 0 ? ['redemption.state IN (SELECT value FROM json_each(@states))'] : []),
    ...(isReturnRefused ? ['redemption.return_refused_at IS NOT NULL'] : []),
    ...(stockId === null ? [] : ['redemption.stock_id = @stockId']),
    ...(cashier === null ? [] : ['history_entry.cashier = @cashier']),
    ...(from === null ? [] : ['history_entry.recorded_at >= @from']),
    ...(until === null ? [] : ['history_entry.recorded_at <= @until']),
  ].join(' AND ')
}
