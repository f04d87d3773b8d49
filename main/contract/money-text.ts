import { formatDateTime, formatSum } from './format.ts'
import type { Language } from './language.ts'
import { type Money, moneyKinds, type MoneyRow, type MoneySum } from './money.ts'
import { type Fact, type PaperSection, type PaperText, unknownText } from './paper-text.ts'
import { fill } from './words/fill.ts'
import type { Words } from './words/on-platform.ts'

export type MoneyWords = Pick<Words[Language], 'money' | 'paper'>

interface Say {
  readonly words: MoneyWords
  readonly language: Language
}

/** Columns and rows of money are in this order. */
export const moneyColumns = ['given', ...moneyKinds] as const

/** A sum in words, always with cents so that they stand below one another. What is not known is said, and is never 0. */
export function moneySumText({ count, fen, unknown }: MoneySum, { words, language }: Say): string {
  const { paper, money } = words
  if (count === 0 && fen === 0 && unknown === 0) return money.none
  if (unknown === 0) return formatSum(fen, language)
  const rest = unknownText(unknown, paper)
  if (fen === 0) return rest
  return fill(paper.andUnknown, { amount: formatSum(fen, language), rest })
}

/** The sum that nobody should have to look for: with cents also where nothing was given. */
export function moneyTotalText({ total: { given } }: Money, say: Say): string {
  const isNothing = given.fen === 0 && given.unknown === 0
  const amount = isNothing ? formatSum(0, say.language) : moneySumText(given, say)
  return fill(say.words.money.total, { amount })
}

/** What is to be known about the figures: what was given beyond a coupon's worth, late changes of earlier coupons in them, and of theirs elsewhere. */
export function moneyRemarks(
  { earlier, later, excess }: Money,
  say: Say,
): { earlier: string | null; later: string | null; excess: string | null } {
  const { money } = say.words
  const amount = moneySumText(earlier.money.given, say)
  return {
    earlier: earlier.coupons === 0 ? null : fill(money.earlier, { count: earlier.coupons, amount }),
    later: later === 0 ? null : fill(money.later, { count: later }),
    excess:
      excess.coupons === 0
        ? null
        : fill(money.excess, {
            count: excess.coupons,
            amount: formatSum(excess.fen, say.language),
          }),
  }
}

/** The three breakdowns, each row with its name. */
export function moneyTables({ cashiers, stocks, hours }: Money, { money }: MoneyWords) {
  return [
    {
      key: 'cashiers' as const,
      rows: cashiers.map((row) => ({ key: row.name ?? '', name: row.name ?? money.nobody, row })),
    },
    {
      key: 'stocks' as const,
      rows: stocks.map((row) => ({
        key: row.stockId,
        name: row.name ?? unnamed(row.stockId, money.unknownStock),
        row,
      })),
    },
    {
      key: 'hours' as const,
      rows: hours.map((row) => ({
        key: String(row.hour),
        name: fill(money.hourSpan, { from: row.hour, to: row.hour + 1 }),
        row,
      })),
    },
  ].map((table) => ({ ...table, heading: money[columnOf[table.key]] }))
}

const columnOf = { cashiers: 'cashier', stocks: 'stock', hours: 'hour' } as const

/** Whose and of when the figures are. */
export function moneyHead(money: Money, { words, language }: Say): Fact[] {
  const { money: said } = words
  const days = daysText(money, words)
  const place = placeText(money, { words, language })
  return [
    ...(days === null ? [] : [{ key: 'days', name: said.head.days, value: days }]),
    { key: 'place', name: said.head.place, value: place },
    { key: 'made', name: said.head.made, value: formatDateTime(money.at, language) },
  ]
}

/** `null` for one shift, which has no days. */
export function daysText({ days }: Pick<Money, 'days'>, { money }: MoneyWords): string | null {
  if (days === null) return null
  return days.first === days.last ? days.first : fill(money.days, days)
}

export function placeText({ place, shifts }: Money, say: Say): string {
  if (typeof place !== 'number') return say.words.money.places[place]
  const shift = shifts.find(({ id }) => id === place)
  return shift === undefined ? `${place}` : shiftText(shift, say)
}

export function shiftText(
  { openedBy, openedAt, closedAt }: Money['shifts'][number],
  { words, language }: Say,
): string {
  const { money } = words
  return fill(money.shift, {
    name: openedBy === '-' ? money.nobody : openedBy,
    from: formatDateTime(openedAt, language),
    to: closedAt === null ? money.running : formatDateTime(closedAt, language),
  })
}

/** Returns the money of a range as a paper. */
export function moneyText(money: Money, words: MoneyWords, language: Language): PaperText {
  const say = { words, language }
  const { money: said } = words
  const cellsOf = (row: MoneyRow): string[] =>
    moneyColumns.map((column) => moneySumText(row[column], say))
  const tables = moneyTables(money, words).filter(({ rows }) => rows.length > 0)
  const { earlier, later, excess } = moneyRemarks(money, say)
  const sections: PaperSection[] = tables.map(({ key, heading, rows }) => ({
    kind: 'table',
    key,
    heading: null,
    columns: [heading, ...moneyColumns.map((column) => said[column])],
    rows: rows.map((each) => ({ key: each.key, cells: [each.name, ...cellsOf(each.row)] })),
    total: [said.sums, ...cellsOf(money.total)],
  }))
  return {
    title: said.title,
    head: moneyHead(money, say),
    total: moneyTotalText(money, say),
    isCode: false,
    remarks: [excess, earlier, later].filter((remark) => remark !== null),
    sections: [
      {
        kind: 'facts',
        key: 'sums',
        heading: null,
        facts: moneyKinds.map((kind) => ({
          key: kind,
          name: said[kind],
          value: moneySumText(money.total[kind], say),
        })),
      },
      ...sections,
    ],
    signatures: [],
  }
}

/** A batch that the till was never told the name of has at least its number. */
function unnamed(stockId: string, unknown: string): string {
  return stockId === '' ? unknown : `${unknown} ${stockId}`
}
