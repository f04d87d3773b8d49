import { z } from 'zod'
import { beijingDay, beijingMs, dayMs, hourMs, startOfDay } from '../../contract/beijing-day.ts'
import type { AlertRule } from '../../contract/office-alerts.ts'
import type { MemberHealth } from '../../contract/office-health.ts'
import type { OfficeDatabase } from '../office-database.ts'
import { wholeDay } from '../figures.ts'
import { type HealthLimits, membersOf } from '../reading/health.ts'
import type { Names } from '../reading/names.ts'
import type { AlertChange, AlertTable } from './alert-table.ts'
import { findingsOf, isInHours, type ShopCounts } from './findings.ts'

const Counts = z.array(
  z.object({
    shop: z.number(),
    loss: z.number(),
    decided: z.number(),
    refused: z.number(),
    open: z.number(),
    doubles: z.number(),
  }),
)
const Members = z.array(z.object({ shop: z.number(), till: z.number(), count: z.number() }))
const Since = z.array(z.object({ member: z.string(), kind: z.string(), at: z.number() }))
const Versions = z.array(z.object({ version: z.string(), at: z.number() }))

/** Looks at the chain as the rules do. */
export class Watch {
  readonly #database: OfficeDatabase
  readonly #alerts: AlertTable
  readonly #names: () => Names
  readonly #counts
  readonly #open
  readonly #sinces
  readonly #versions
  readonly #begin
  readonly #end

  constructor(database: OfficeDatabase, alerts: AlertTable, names: () => Names) {
    this.#database = database
    this.#alerts = alerts
    this.#names = names
    this.#counts = database.prepare(`
      SELECT id AS shop,
        (SELECT total(loss_fen) FROM figures_by_hour WHERE hour = ${wholeDay} AND day = @day AND shop = id) AS loss,
        (SELECT total(redeemed + refused) FROM figures_by_hour WHERE hour = @hour AND day = @day AND shop = id) AS decided,
        (SELECT total(refused) FROM figures_by_hour WHERE hour = @hour AND day = @day AND shop = id) AS refused,
        (SELECT count(*) FROM redemption WHERE shop = shop.id AND is_open = 1 AND at < @now - ${dayMs}) AS open,
        coalesce(d.count, 0) AS doubles
      FROM shop LEFT JOIN (
        SELECT r.shop AS shop, count(DISTINCT r.coupon) AS count FROM doubled
        JOIN redemption AS r ON r.coupon = doubled.coupon AND r.is_given = 1
        WHERE doubled.shops > 1 AND doubled.at >= @today GROUP BY r.shop) AS d ON d.shop = shop.id`)
    this.#open = database.prepare(
      'SELECT shop, till, count(*) AS count FROM redemption WHERE is_open = 1 GROUP BY shop, till',
    )
    this.#sinces = database.prepare('SELECT member, kind, at FROM problem_since')
    this.#versions = database.prepare('SELECT version, at FROM version_seen')
    this.#begin = database.prepare('INSERT INTO problem_since VALUES (?, ?, ?)')
    this.#end = database.prepare('DELETE FROM problem_since WHERE member = ? AND kind = ?')
  }

  members(now: number): MemberHealth[] {
    const names = this.#names()
    const open = new Map<string, number>()
    for (const { shop, till, count } of Members.parse(this.#open.all()))
      open.set(`${names.shops.get(shop)?.code} ${names.tills.get(till)?.key}`, count)
    const since = new Map(
      Since.parse(this.#sinces.all()).map(({ member, kind, at }) => [`${member} ${kind}`, at]),
    )
    const limits = limitsOf(this.#alerts.rules())
    return membersOf({ names, limits, now, versions: this.versions(), open, since })
  }

  /** When each version was first heard of. */
  versions(): Map<string, number> {
    return new Map(Versions.parse(this.#versions.all()).map(({ version, at }) => [version, at]))
  }

  /** Opens and closes alerts. `hubAwaySince`: `null` where the hub is reached. */
  look(now: number, hubAwaySince: number | null): AlertChange[] {
    return this.#database.transaction(() => {
      this.#noteProblems(now)
      const watched = {
        members: this.members(now),
        shops: this.#shopCounts(now),
        hubAwaySince,
        now,
      }
      return this.#alerts.rules().flatMap((rule) => {
        const found = rule.isOn ? findingsOf(rule, watched) : []
        return this.#alerts.settle(rule, found, now, isInHours(rule, now))
      })
    })()
  }

  #noteProblems(now: number): void {
    const known = new Set(
      Since.parse(this.#sinces.all()).map(({ member, kind }) => `${member}|${kind}`),
    )
    for (const { shopId, id, problems } of this.members(now))
      for (const { kind } of problems) {
        const member = `${shopId} ${id}`
        if (!known.delete(`${member}|${kind}`)) this.#begin.run(member, kind, now)
      }
    for (const gone of known) this.#end.run(...gone.split('|'))
  }

  #shopCounts(now: number): ShopCounts[] {
    const { shops } = this.#names()
    const day = beijingDay(now)
    const hour = Math.floor(((now + beijingMs) % dayMs) / hourMs)
    const rows = this.#counts.all({ day, hour, now, today: startOfDay(day) })
    return Counts.parse(rows).map(({ shop, loss, ...counts }) => ({
      ...counts,
      shopId: shops.get(shop)?.code ?? '-',
      shopName: shops.get(shop)?.name ?? '-',
      lossFen: loss,
    }))
  }
}

function limitsOf(rules: readonly AlertRule[]): HealthLimits {
  const limit = new Map(rules.map(({ kind, limit: most }) => [kind, most]))
  return {
    silentMs: (limit.get('silent') ?? 0) * 60_000,
    certificateMs: (limit.get('certificate') ?? 0) * dayMs,
    clockMs: (limit.get('clock') ?? 0) * 1000,
    oldVersionMs: (limit.get('old-version') ?? 0) * dayMs,
  }
}
