import { personOf } from './by-line.ts'
import { formatDateTime } from './format.ts'
import type { Language } from './language.ts'
import {
  type Fact,
  givenText,
  type PaperSection,
  type PaperTable,
  type PaperText,
} from './paper-text.ts'
import {
  type LaterChange,
  type ShiftFigures,
  type ShiftReport,
  type Tally,
  totalOf,
  isCounted,
} from './shift-report.ts'
import { fill } from './words/fill.ts'
import type { Words } from './words/on-platform.ts'

/** The words that a shift's report is made of. */
export type ReportWords = Pick<Words[Language], 'shift' | 'paper' | 'history'>

export const counted = ['redeemed', 'returned', 'refused', 'open'] as const
const ungivenCounts = ['released', 'notGiven', 'returnRefused'] as const

/** Returns a shift's report in words. */
export function shiftReportText(
  report: ShiftReport,
  words: ReportWords,
  language: Language,
): PaperText {
  const { report: said } = words.shift
  const { figures, basis } = report
  const say = { words, language }
  const remark = { growing: said.growing, kept: said.kept, 'not-kept': said.notKept }[basis]
  return {
    title: said.title,
    head: shiftReportHead(report, words, language),
    total: totalText(figures, say),
    isCode: false,
    remarks: [remark],
    sections: [
      ...tablesOf(figures, say),
      { kind: 'facts', key: 'sums', heading: null, facts: sumsOf(figures, say) },
      {
        kind: 'facts',
        key: 'outside',
        heading: said.outside,
        facts: [
          {
            key: 'outside',
            name: outsideName(report, say),
            value: outsideText(report.outside, say),
          },
        ],
      },
      ...bookedSections(report, say),
      ...laterSections(report, say),
    ],
    signatures: [words.paper.sign.closing, words.paper.sign.next],
  }
}

interface Say {
  readonly words: ReportWords
  readonly language: Language
}

export function shiftReportHead(
  { shift, at }: ShiftReport,
  { shift: { report: said, nobody, running } }: ReportWords,
  language: Language,
): Fact[] {
  const { openedAt, openedBy, closedAt, closedBy, handedOn, note } = shift
  const moment = (instant: number, by: string | null): string =>
    `${formatDateTime(instant, language)} ${by === null || by === '-' ? nobody : by}`
  const head: Fact[] = [
    { key: 'opened', name: said.opened, value: moment(openedAt, openedBy) },
    {
      key: 'closed',
      name: said.closed,
      value: closedAt === null ? running : moment(closedAt, closedBy),
    },
    { key: 'made', name: said.made, value: formatDateTime(at, language) },
  ]
  if (handedOn && handedOn.count > 0) {
    const { count, to, acknowledgedBy: by } = handedOn
    const value = fill(by === null ? said.notTaken : said.taken, { count, to, by })
    head.push({ key: 'handed', name: said.handed, value })
  }
  if (note !== '') head.push({ key: 'note', name: said.note, value: note })
  return head
}

/** Names the stretch between the shift before and the beginning of this one. */
export function outsideName({ outsideSince }: ShiftReport, { words, language }: Say): string {
  const { report: said } = words.shift
  if (outsideSince === null) return said.outsideFirst
  return fill(said.outsideBetween, { time: formatDateTime(outsideSince, language) })
}

/** Says what happened to one redemption after the closing. */
export function changeText(
  { codeTail: tail, event, by: recorded }: LaterChange,
  words: ReportWords,
): string {
  const by = personOf(recorded)
  const names: Readonly<Record<string, string>> = words.history.event
  const { report: said } = words.shift
  const line = by === null ? said.sinceLine : said.sinceLineBy
  return fill(line, { tail, event: names[event] ?? event, by })
}

function tablesOf({ stocks, cashiers }: ShiftFigures, say: Say): PaperTable[] {
  const { report: said, nobody } = say.words.shift
  const cellsOf = (tally: Tally): string[] => [
    ...counted.map((key) => String(tally[key])),
    givenText(tally, say.words.paper, say.language),
  ]
  const total = [said.sums, ...cellsOf(totalOf(stocks))]
  const columns = [...counted.map((key) => said[key]), said.deducted]
  const tables: readonly PaperTable[] = [
    {
      kind: 'table',
      key: 'stocks',
      heading: null,
      columns: [said.stock, ...columns],
      rows: stocks.filter(isCounted).map((row) => ({
        key: row.stockId,
        cells: [row.name ?? unnamed(row.stockId, said.unknownStock), ...cellsOf(row)],
      })),
      total,
    },
    {
      kind: 'table',
      key: 'cashiers',
      heading: null,
      columns: [said.cashier, ...columns],
      rows: cashiers.filter(isCounted).map((row) => ({
        key: row.name ?? '',
        cells: [row.name ?? nobody, ...cellsOf(row)],
      })),
      total,
    },
  ]
  // The large total says already that there is nothing.
  return tables.filter(({ rows }) => rows.length > 0)
}

/** A batch that the till was never told the name of has at least its number. */
function unnamed(stockId: string, unknown: string): string {
  return stockId === '' ? unknown : `${unknown} ${stockId}`
}

function sumsOf(figures: ShiftFigures, say: Say): Fact[] {
  const { report: said } = say.words.shift
  return [
    ...(['honoured', 'honouredOpen', 'losses'] as const).map((key) => sumFact(figures, key, say)),
    ...ungivenCounts.map((key) => ({
      key,
      name: said[key],
      value: String(figures.ungiven[key]),
    })),
  ]
}

function sumFact(
  figures: ShiftFigures,
  key: 'honoured' | 'honouredOpen' | 'losses',
  { words, language }: Say,
): Fact {
  const { report: said } = words.shift
  const { count, unknown } = figures[key]
  const amount = givenText(figures[key], words.paper, language)
  const isUnknown = count > 0 && unknown === count
  const value = fill(isUnknown ? said.sumUnknown : said.sum, { count, amount })
  return { key, name: said[key], value }
}

function totalText({ stocks }: ShiftFigures, { words, language }: Say): string {
  const total = totalOf(stocks)
  const amount = givenText(total, words.paper, language)
  return fill(words.shift.report.total, { count: total.redeemed, amount })
}

/** Says what was recorded in no shift. */
export function outsideText(outside: ShiftFigures | null, { words, language }: Say): string {
  const { report: said } = words.shift
  if (outside === null) return said.outsideUncounted
  const { stocks } = outside
  if (stocks.length === 0) return said.outsideNone
  const total = totalOf(stocks)
  return fill(said.outsideSome, { ...total, amount: givenText(total, words.paper, language) })
}

/** The stretches of the report in which something is booked about coupons of earlier shifts. */
export function bookedStretches({
  booked,
}: ShiftReport): { readonly key: 'booked' | 'bookedOutside'; readonly figures: ShiftFigures }[] {
  if (booked === null) return []
  return [
    { key: 'booked' as const, figures: booked.inShift },
    { key: 'bookedOutside' as const, figures: booked.outside },
  ].filter(({ figures }) => figures.stocks.length > 0)
}

/** What changed in this shift, and outside of shifts before it, about coupons of earlier ones, whose figures stay. */
function bookedSections(report: ShiftReport, say: Say): PaperSection[] {
  const { report: said } = say.words.shift
  return bookedStretches(report).flatMap(({ key, figures }): PaperSection[] => {
    const [stocks, cashiers] = tablesOf(figures, say)
    const sums = (['honouredOpen', 'losses'] as const).filter((sum) => isSomething(figures[sum]))
    return [
      ...(stocks === undefined ? [] : [{ ...stocks, key: `${key}Stocks`, heading: said[key] }]),
      ...(cashiers === undefined ? [] : [{ ...cashiers, key: `${key}Cashiers` }]),
      ...(sums.length === 0
        ? []
        : [
            {
              kind: 'facts' as const,
              key,
              heading: null,
              facts: sums.map((sum) => sumFact(figures, sum, say)),
            },
          ]),
    ]
  })
}

function isSomething({ count, fen, unknown }: ShiftFigures['losses']): boolean {
  return count !== 0 || fen !== 0 || unknown !== 0
}

/** What changed after the closing, and the figures with it. */
function laterSections({ since }: ShiftReport, say: Say): PaperSection[] {
  if (since === null) return []
  const { report: said } = say.words.shift
  const { changes, more, now } = since
  const isSame = changes.length === 0 && now === null
  const rest = isSame ? said.sinceNone : more > 0 ? fill(said.sinceMore, { count: more }) : null
  const lines = changes.map((change) => ({
    at: formatDateTime(change.at, say.language),
    text: changeText(change, say.words),
  }))
  const list = { kind: 'lines', key: 'since', heading: said.since, lines, rest } as const
  if (now === null) return [list]
  const facts = [
    { key: 'nowTotal', name: said.nowTotal, value: totalText(now.figures, say) },
    { key: 'nowOutside', name: said.nowOutside, value: outsideText(now.outside, say) },
  ]
  return [list, { kind: 'facts', key: 'now', heading: said.now, facts }]
}
