import Database from 'better-sqlite3'
import { z } from 'zod'
import type { Ledger } from '../../main/training/world.ts'

const Row = z.object({
  number: z.string(),
  state: z.string(),
  givenAt: z.number().nullable(),
})

const balance: Readonly<Record<string, number>> = {
  redeemed: 1,
  returned: 0,
  cancelled: 0,
  refused: 0,
}

/**
 * Holds a closed till's records against what the stand-in booked. Returns what does not fit, in words; empty when nothing was
 * lost and nothing doubled. `shown`: the codes that the till judged in front of a cashier.
 */
export function violations(file: string, ledger: Ledger, shown: ReadonlySet<string>): string[] {
  const rows = rowsOf(file)
  const found: string[] = []
  for (const { number, state, givenAt } of rows) {
    const booked = ledger.effects.filter(({ useRequestNo }) => useRequestNo === number)
    const uses = booked.filter(({ kind }) => kind === 'use').length
    const net = uses - (booked.length - uses)
    if (uses > 1) found.push(`${number}: booked ${uses} times`)
    const due = balance[state]
    if (due === undefined) found.push(`${number}: still ${state}`)
    else if (net !== due) found.push(`${number}: ${state}, and ${net} booked`)
    if (givenAt !== null && net !== 1) found.push(`${number}: given, and ${net} booked`)
  }
  const numbers = new Set(rows.map(({ number }) => number))
  for (const { useRequestNo, code } of ledger.effects)
    if (!numbers.has(useRequestNo)) found.push(`${code.slice(-4)}: booked, and not in the records`)
  const uses = ledger.effects.filter(({ kind }) => kind === 'use')
  const perCode = Map.groupBy(uses, ({ code }) => code)
  const without = [...shown].filter((code) => !perCode.has(code)).length
  const unsent = rows.filter(({ state }) => state === 'cancelled' || state === 'refused').length
  if (without > unsent) found.push(`${without - unsent} were judged and are nowhere`)
  return found
}

function rowsOf(file: string): z.infer<typeof Row>[] {
  const database = new Database(file, { readonly: true })
  try {
    const sql = 'SELECT use_request_no AS number, state, given_at AS givenAt FROM redemption'
    return z.array(Row).parse(database.prepare(sql).all())
  } finally {
    database.close()
  }
}
