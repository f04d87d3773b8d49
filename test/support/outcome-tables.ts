import { readFileSync } from 'node:fs'
import { z } from 'zod'

const root = new URL('../../', import.meta.url)

const ErrorRow = z.object({
  http: z.coerce.number().int(),
  code: z.string().min(1),
  message: z.string().min(1),
  from: z.string().min(1),
  outcome: z.enum(['refused', 'suspect', 'unknown', 'blocked']),
  reason: z.string().min(1),
  'cashier reads': z.string().min(1),
  'proven by': z.string().min(1),
})
const FaultRow = z.object({
  fault: z.string().min(1),
  booked: z.enum(['yes', 'no', 'later']),
  outcome: z.enum(['unknown', 'confirmed']),
  reason: z.string().min(1),
  'cashier reads': z.string().min(1),
  'proven by': z.string().min(1),
})
const UnsentRow = z.object({
  what: z.string().min(1),
  outcome: z.enum(['unknown', 'blocked']),
  reason: z.string().min(1),
  'cashier reads': z.string().min(1),
  'proven by': z.string().min(1),
})
export type ErrorRow = z.infer<typeof ErrorRow>
export type FaultRow = z.infer<typeof FaultRow>
export type UnsentRow = z.infer<typeof UnsentRow>

/** Returns the tables of docs/wechat-pay.md, which the tests take for their expected results. */
export function outcomeTables(): { errors: ErrorRow[]; faults: FaultRow[]; unsent: UnsentRow[] } {
  const text = readDocument()
  return {
    errors: z.array(ErrorRow).parse(table(text, 'Errors')),
    faults: z.array(FaultRow).parse(table(text, 'Faults')),
    unsent: z.array(UnsentRow).parse(table(text, 'Before a request leaves')),
  }
}

const OpenQuestion = z.object({ question: z.string().min(1), switch: z.string().min(1) })

export function openQuestions(): z.infer<typeof OpenQuestion>[] {
  return z.array(OpenQuestion).parse(table(readDocument(), 'Open questions'))
}

const Words = z.record(z.string(), z.object({ cashier: z.object({ title: z.string() }) }))

/** Returns what the cashier reads for a reason, in Chinese. */
export function cashierTitle(reason: string): string | undefined {
  const file = new URL('main/contract/words/zh-CN/reasons.json', root)
  return Words.parse(JSON.parse(readFileSync(file, 'utf8')))[reason]?.cashier.title
}

function readDocument(): string {
  return readFileSync(new URL('docs/wechat-pay.md', root), 'utf8')
}

/** Returns the rows of the first table under a heading, keyed by column name in lower case. */
function table(text: string, heading: string): Record<string, string>[] {
  const [, after = ''] = text.split(`\n## ${heading}\n`)
  const [section = ''] = after.split('\n## ')
  const [head, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'))
  const names = cells(head ?? '')
  return rows.map((row) => {
    const values = cells(row)
    return Object.fromEntries(names.map((name, at) => [name.toLowerCase(), values[at] ?? '']))
  })
}

function cells(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}
