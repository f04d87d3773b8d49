import { formatDateTime } from '../contract/format.ts'
import type { Language } from '../contract/language.ts'
import { moneyKinds, type MoneyRow } from '../contract/money.ts'
import type { Issuer } from '../contract/paper-text.ts'
import type { RedemptionView } from '../contract/redemption-view.ts'
import type { Words } from '../contract/words/on-platform.ts'
import { fill } from '../contract/words/fill.ts'
import { issuerFacts } from './issuer-facts.ts'
import { type Cells, moneyCells, spreadsheet } from './spreadsheet.ts'

/** A redemption with its order's total in fen, and what it counts for now. */
export interface HistoryRow {
  readonly view: RedemptionView
  readonly totalFen: number | null
  readonly money: MoneyRow
}

/** Rows of the history in the order they were found; `isCut` when there were more. */
export interface HistoryRows {
  readonly rows: readonly HistoryRow[]
  readonly isCut: boolean
}

/** Returns redemptions for a spreadsheet, one a line, with what each counts for: the column adds up to the sums on the screen. */
export function historyCsv(
  { rows, isCut }: HistoryRows,
  issuer: Issuer,
  words: Words[Language],
  language: Language,
): string {
  const { history: said, paper, money, till } = words
  const { column } = said
  return spreadsheet([
    ...(issuer.isTraining ? [[paper.training, paper.trainingNote]] : []),
    ...issuerFacts(issuer, paper).map(({ name, value }) => [name, value]),
    ...(isCut ? [[fill(said.more, { count: rows.length })]] : []),
    [],
    [
      column.recorded,
      column.requestNo,
      column.codeTail,
      column.stock,
      column.stockId,
      column.cashier,
      column.state,
      column.total,
      column.counts,
      column.amount,
      column.unknown,
    ],
    ...rows.map(({ view, totalFen, money: counts }): Cells => {
      const kind = moneyKinds.find((each) => counts[each].count !== 0)
      return [
        formatDateTime(view.recordedAt, language),
        view.useRequestNo,
        view.codeTail,
        view.stock?.name ?? '',
        view.stockId ?? '',
        view.cashier ?? '',
        till.state[view.state],
        ...(totalFen === null ? [''] : moneyCells({ fen: totalFen, unknown: 0 }).slice(0, 1)),
        kind === undefined ? '' : money[kind],
        ...(kind === undefined ? ['', 0] : moneyCells(counts[kind])),
      ]
    }),
  ])
}
