import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { type HistoryQuery, TimelineStep, Remark } from '../contract/history.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { ApiWords, type Words } from './api-words.ts'
import { nameInProgram } from './audit-names.ts'
import type { Database } from './database.ts'
import { type Filter, mainFilter, otherConditions, rowBudget } from './history-filter.ts'
import type { HistoryIndex } from './history-index.ts'
import {
  bindingsOf,
  grouping,
  type LedgerGroup,
  LedgerGroups,
  rowGroups,
  type Scope,
} from './ledger-query.ts'
import type { RedemptionRow } from './redemption-row.ts'
import type { ScopeOf } from './scope.ts'
import type { Sealing } from './sealing.ts'

/** Searches everything that this till recorded. */
export interface History {
  /**
   * Returns a page, newest first, and the cursor of the next page; `null` after the last. A page may be empty before
   * that.
   */
  search(query: HistoryQuery): { readonly entries: Redemption[]; readonly cursor: number | null }
  /** Everything that a query finds, whatever its cursor, grouped as the ledger counts it. */
  groups(query: HistoryQuery): Promise<LedgerGroup[]>
  /** Every audit row of one redemption, in order. */
  timeline(useRequestNo: string): TimelineStep[]
  /** Everybody who ever scanned a coupon here, in the order of their names. */
  cashiers(): string[]
  /** Indexes what was recorded before this start, in the background. Ends early when `isStopped`. */
  catchUp(isStopped: () => boolean): Promise<void>
}

const pageLength = 50

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

/** How a query is answered. */
interface Plan {
  readonly filter: Filter
  readonly where: string
  readonly bindings: Record<string, unknown>
  /** The first and the last id to look at. */
  readonly range: { readonly first: number; readonly last: number }
}

interface HistoryParts {
  readonly index: HistoryIndex
  readonly rows: RedemptionRow
  readonly sealing: Sealing
  readonly scopeOf: ScopeOf
}

export function createHistory(
  database: Database,
  { index, rows, sealing, scopeOf }: HistoryParts,
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

  /** Returns the first and the last id that a search has to look at; `null` when there is none. */
  function idsWithin(query: HistoryQuery, scope: Scope): { first: number; last: number } | null {
    const isAnyTime = scope.from === null && scope.until === null
    if (query.about !== 'recorded' || (isAnyTime && scope.stretches === null))
      return { first: 0, last: Number.MAX_SAFE_INTEGER - 1 }
    const timed = isAnyTime ? { first: 0, last: Number.MAX_SAFE_INTEGER - 1 } : idsOfTimes(scope)
    const [from] = scope.stretches ?? [{ after: 0 }]
    const until = scope.stretches?.at(-1) ?? { upTo: Number.MAX_SAFE_INTEGER - 1 }
    if (timed === null || from === undefined) return null
    return { first: Math.max(timed.first, from.after + 1), last: Math.min(timed.last, until.upTo) }
  }

  function idsOfTimes({ from, until }: Scope): { first: number; last: number } | null {
    const Range = z.object({ first: z.number().nullable(), last: z.number().nullable() })
    const found = Range.parse(
      database
        .prepare(`
          SELECT min(id) AS first, max(id) AS last FROM history_entry
          WHERE recorded_at >= ? AND recorded_at < ?`)
        .get(from ?? 0, until ?? Number.MAX_SAFE_INTEGER),
    )
    return found.first === null || found.last === null
      ? null
      : { first: found.first, last: found.last }
  }

  function planOf(query: HistoryQuery): Plan | null {
    const { from, until, place } = query
    const scope = scopeOf(place, { from, until: until === null ? null : until + 1 })
    const range = idsWithin(query, scope)
    if (range === null) return null
    const filter = mainFilter(query, scope, sealing)
    const { states, stockId, cashier, hour } = query
    return {
      filter,
      range,
      where: `${filter.where} AND ${otherConditions(query, scope)}`,
      bindings: {
        ...bindingsOf(scope),
        ...filter.bindings,
        keyId: sealing.keyId,
        states: JSON.stringify(states),
        stockId,
        cashier,
        hour,
      },
    }
  }

  return {
    search(query) {
      index.follow()
      const plan = planOf(query)
      if (plan === null) return { entries: [], cursor: null }
      const { filter, range, where, bindings } = plan
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
            WHERE ${where} ORDER BY ${filter.order} DESC LIMIT ${pageLength}`)
          .all({ ...bindings, before, after }),
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
    async groups(query) {
      await index.catchUp(() => false)
      const plan = planOf(query)
      if (plan === null) return []
      const { filter, range, where, bindings } = plan
      const select = database.prepare(
        `SELECT ${rowGroups} FROM ${filter.from} WHERE ${where} ${grouping}`,
      )
      const groups: LedgerGroup[] = []
      let before = range.last + 1
      for (;;) {
        const lowestId = filter.budget === null ? null : LowestId.parse(lowest.get(before)).id
        const after = Math.max(lowestId ?? range.first, range.first)
        groups.push(...LedgerGroups.parse(select.all({ ...bindings, before, after })))
        if (filter.budget === null || after <= range.first || after <= 1) return groups
        before = after
        await setImmediate()
      }
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
