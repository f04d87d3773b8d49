import { z } from 'zod'
import { ShopReport } from '../../chain/office/office-messages.ts'
import { parseJson } from '../../contract/json.ts'
import type { OfficeDatabase } from '../office-database.ts'

const Shops = z.array(z.object({ id: z.number(), code: z.string(), name: z.string() }))
const Tills = z.array(
  z.object({
    id: z.number(),
    shop: z.number(),
    key: z.string(),
    last_record_at: z.number().nullable(),
  }),
)
const Reports = z.array(
  z.object({ shop: z.string(), heard_at: z.number(), hub_at: z.number(), body: z.string() }),
)

export interface HeardReport {
  /** By the office's clock. */
  readonly heardAt: number
  /** By the hub's. */
  readonly hubAt: number
  readonly said: ShopReport
}

export interface KnownTill {
  readonly shop: number
  readonly key: string
  readonly name: string
  readonly lastRecordAt: number | null
}

/** Who is who, as the journals and the shops' reports name them. */
export interface Names {
  /** By the number in the file. */
  readonly shops: ReadonlyMap<number, { readonly code: string; readonly name: string }>
  readonly tills: ReadonlyMap<number, KnownTill>
  /** By the shop's code. */
  readonly reports: ReadonlyMap<string, HeardReport>
  /** `null`: there is none. */
  shopOf(code: string): number | null
}

/** What stands for the name of a till that no report has named. */
const shownDigits = 8

export function namesReader(database: OfficeDatabase): () => Names {
  const shopRows = database.prepare('SELECT id, code, name FROM shop')
  const tillRows = database.prepare('SELECT id, shop, key, last_record_at FROM till')
  const reportRows = database.prepare('SELECT * FROM report')
  return () => {
    const shops = new Map(Shops.parse(shopRows.all()).map(({ id, ...shop }) => [id, shop]))
    const numbers = new Map([...shops].map(([id, { code }]) => [code, id]))
    const reports = new Map<string, HeardReport>()
    const tillNames = new Map<string, string>()
    for (const { shop, heard_at, hub_at, body } of Reports.parse(reportRows.all())) {
      const said = ShopReport.parse(parseJson(body))
      reports.set(shop, { heardAt: heard_at, hubAt: hub_at, said })
      for (const till of said.tills) tillNames.set(`${shop} ${till.key}`, till.name)
    }
    const tills = new Map(
      Tills.parse(tillRows.all()).map(({ id, shop, key, last_record_at }) => {
        const code = shops.get(shop)?.code ?? ''
        const name = tillNames.get(`${code} ${key}`) ?? key.slice(0, shownDigits)
        return [id, { shop, key, name, lastRecordAt: last_record_at }]
      }),
    )
    return { shops, tills, reports, shopOf: (code) => numbers.get(code) ?? null }
  }
}
