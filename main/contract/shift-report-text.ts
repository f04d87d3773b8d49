import { formatDateTime, formatFen } from './format.ts'
import type { Language } from './language.ts'
import type { ShiftReport } from './shift-report.ts'
import { fill } from './words/fill.ts'
import type { Words } from './words/on-platform.ts'

export type ShiftWords = Words[Language]['shift']

const counted = ['redeemed', 'returned', 'refused', 'open'] as const
const ungivenCounts = ['released', 'notGiven', 'returnRefused'] as const

/** A shift's report in words: the same on the screen, on paper and in a PDF. */
export interface ShiftReportText {
  readonly title: string
  /** Whose shift it was and when: names and values. */
  readonly head: readonly (readonly [string, string])[]
  readonly total: string
  /** Each row has as many texts as there are columns. */
  readonly tables: readonly {
    readonly columns: readonly string[]
    readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[]
  }[]
  readonly sums: readonly { readonly key: string; readonly name: string; readonly value: string }[]
}

export function shiftReportText(
  report: ShiftReport,
  words: ShiftWords,
  language: Language,
): ShiftReportText {
  const { report: said, nobody } = words
  const { stocks, cashiers, ungiven } = report
  const redeemed = stocks.reduce((sum, stock) => sum + stock.redeemed, 0)
  const sumOf = (key: 'honoured' | 'honouredOpen' | 'losses') => {
    const { count, fen } = report[key]
    return {
      key,
      name: said[key],
      value: fill(said.sum, { count, amount: formatFen(fen, language) }),
    }
  }
  return {
    title: said.title,
    head: shiftReportHead(report, words, language),
    total: fill(said.total, { count: redeemed }),
    tables: [
      {
        columns: [said.stock, ...counted.map((key) => said[key]), said.deducted],
        rows: stocks.map((stock) => ({
          key: stock.stockId,
          cells: [
            stock.name ?? said.unknownStock,
            ...counted.map((key) => String(stock[key])),
            stock.deductedFen === null ? '—' : formatFen(stock.deductedFen, language),
          ],
        })),
      },
      {
        columns: [said.cashier, said.redeemed],
        rows: cashiers.map(({ name, redeemed: count }) => ({
          key: name ?? '',
          cells: [name ?? nobody, String(count)],
        })),
      },
    ],
    sums: [
      sumOf('honoured'),
      sumOf('honouredOpen'),
      sumOf('losses'),
      ...ungivenCounts.map((key) => ({ key, name: said[key], value: String(ungiven[key]) })),
    ],
  }
}

export function shiftReportHead(
  { shift, at }: ShiftReport,
  { report: said, nobody, running }: ShiftWords,
  language: Language,
): (readonly [string, string])[] {
  const { openedAt, openedBy, closedAt, closedBy, handedOn, note } = shift
  const moment = (instant: number, by: string | null): string =>
    `${formatDateTime(instant, language)} ${by === null || by === '-' ? nobody : by}`
  const head: [string, string][] = [
    [said.opened, moment(openedAt, openedBy)],
    [said.closed, closedAt === null ? running : moment(closedAt, closedBy)],
    [said.made, formatDateTime(at, language)],
  ]
  if (handedOn && handedOn.count > 0) {
    const { count, to, acknowledgedBy: by } = handedOn
    head.push([said.handed, fill(by === null ? said.notTaken : said.taken, { count, to, by })])
  }
  if (note !== '') head.push([said.note, note])
  return head
}
