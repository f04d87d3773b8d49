import { z } from 'zod'
import {
  AlertKind,
  type AlertQuery,
  AlertRule,
  type OfficeAlert,
  type OfficeAlerts,
} from '../../contract/office-alerts.ts'
import { usualRules } from '../../contract/office-rules.ts'
import { parseJson } from '../../contract/json.ts'
import type { OfficeDatabase } from '../office-database.ts'
import type { Finding } from './findings.ts'

const Row = z.object({
  id: z.number(),
  kind: AlertKind,
  subject: z.string(),
  shop: z.string().nullable(),
  shop_name: z.string().nullable(),
  till: z.string().nullable(),
  till_name: z.string().nullable(),
  opened_at: z.number(),
  closed_at: z.number().nullable(),
  value: z.number().nullable(),
  limit: z.number(),
  seen_by: z.string().nullable(),
  seen_at: z.number().nullable(),
  sent: z.enum(['none', 'waiting', 'sent', 'failed']),
})
const Rows = z.array(Row)
const RuleRows = z.array(z.object({ kind: z.string(), body: z.string() }))
const Numbers = z.object({ open: z.number(), unseen: z.number() })
const Count = z.object({ count: z.number() })
const pageSize = 100

export type AlertChange = { readonly event: 'opened' | 'closed'; readonly alert: OfficeAlert }

/** The rules, and what they found: each alert is opened once and closed once. */
export class AlertTable {
  readonly #database: OfficeDatabase
  readonly #rules
  readonly #saveRule
  readonly #open
  readonly #close
  readonly #update
  readonly #ofKind
  readonly #one
  readonly #see
  readonly #sent
  readonly #numbers

  constructor(database: OfficeDatabase) {
    this.#database = database
    this.#rules = database.prepare('SELECT kind, body FROM rule')
    this.#saveRule = database.prepare(
      'INSERT INTO rule VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
    )
    this.#open = database.prepare(`
      INSERT INTO alert (kind, subject, shop, shop_name, till, till_name, opened_at, value, "limit", sent)
      VALUES (@kind, @subject, @shopId, @shopName, @tillId, @tillName, @at, @value, @limit, 'none')
      ON CONFLICT DO NOTHING RETURNING id`)
    this.#close = database.prepare(
      'UPDATE alert SET closed_at = ? WHERE id = ? AND closed_at IS NULL',
    )
    this.#update = database.prepare('UPDATE alert SET value = ? WHERE id = ?')
    this.#ofKind = database.prepare('SELECT * FROM alert WHERE kind = ? AND closed_at IS NULL')
    this.#one = database.prepare('SELECT * FROM alert WHERE id = ?')
    this.#see = database.prepare(
      'UPDATE alert SET seen_by = ?, seen_at = ? WHERE id = ? AND seen_by IS NULL',
    )
    this.#sent = database.prepare('UPDATE alert SET sent = ? WHERE id = ?')
    this.#numbers = database.prepare(`
      SELECT count(*) AS open, count(*) FILTER (WHERE seen_by IS NULL) AS unseen FROM alert WHERE closed_at IS NULL`)
  }

  /** One for each kind. */
  rules(): AlertRule[] {
    const saved = new Map(
      RuleRows.parse(this.#rules.all()).map(({ kind, body }) => [kind, parseJson(body)]),
    )
    return usualRules.map((usual) => {
      const rule = AlertRule.safeParse(saved.get(usual.kind))
      return rule.success ? rule.data : usual
    })
  }

  saveRules(rules: readonly AlertRule[]): void {
    this.#database.transaction(() => {
      for (const rule of rules) this.#saveRule.run(rule.kind, JSON.stringify(rule))
    })()
  }

  /**
   * Holds what a rule found against what is open. `opens`: new ones may be opened now; what is open stays so until its cause is gone,
   * or the rule is off.
   */
  settle(rule: AlertRule, found: readonly Finding[], at: number, opens: boolean): AlertChange[] {
    const changes: AlertChange[] = []
    const open = new Map(
      Rows.parse(this.#ofKind.all(rule.kind)).map((row) => [row.subject, row] as const),
    )
    for (const finding of found) {
      const known = open.get(finding.subject)
      open.delete(finding.subject)
      if (known !== undefined) {
        if (known.value !== finding.value) this.#update.run(finding.value, known.id)
      } else if (opens) {
        const row = z
          .object({ id: z.number() })
          .parse(this.#open.get({ ...finding, at, limit: rule.limit }))
        changes.push({ event: 'opened', alert: this.#alert(row.id) })
      }
    }
    for (const { id } of open.values()) {
      this.#close.run(at, id)
      changes.push({ event: 'closed', alert: this.#alert(id) })
    }
    return changes
  }

  see(id: string, by: string, at: number): void {
    if (/^\d{1,15}$/.test(id)) this.#see.run(by, at, Number(id))
  }

  markSent(id: number, sent: OfficeAlert['sent']): void {
    this.#sent.run(sent, id)
  }

  numbers(): { readonly open: number; readonly unseen: number } {
    return Numbers.parse(this.#numbers.get())
  }

  /** By when they were opened, newest first. */
  list({ isOpen, shopId, cursor }: AlertQuery): OfficeAlerts {
    const where = [isOpen ? 'closed_at IS NULL' : 'closed_at IS NOT NULL']
    const values: (string | number)[] = []
    if (shopId !== null) {
      where.push('shop = ?')
      values.push(shopId)
    }
    const { count } = Count.parse(
      this.#database
        .prepare(`SELECT count(*) AS count FROM alert WHERE ${where.join(' AND ')}`)
        .get(...values),
    )
    if (cursor !== null && /^\d{1,15}$/.test(cursor)) {
      where.push('id < ?')
      values.push(Number(cursor))
    }
    const rows = Rows.parse(
      this.#database
        .prepare(
          `SELECT * FROM alert WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ${pageSize + 1}`,
        )
        .all(...values),
    )
    const shown = rows.slice(0, pageSize)
    const last = rows.length > pageSize ? shown.at(-1) : undefined
    return {
      entries: shown.map(viewOf),
      cursor: last === undefined ? null : String(last.id),
      count,
    }
  }

  #alert(id: number): OfficeAlert {
    return viewOf(Row.parse(this.#one.get(id)))
  }
}

function viewOf(row: z.infer<typeof Row>): OfficeAlert {
  return {
    id: String(row.id),
    kind: row.kind,
    shopId: row.shop,
    shopName: row.shop_name,
    tillId: row.till,
    tillName: row.till_name,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    value: row.value,
    limit: row.limit,
    seen:
      row.seen_by === null || row.seen_at === null ? null : { by: row.seen_by, at: row.seen_at },
    sent: row.sent,
  }
}
