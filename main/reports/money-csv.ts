import type { Language } from '../contract/language.ts'
import type { Issuer } from '../contract/paper-text.ts'
import {
  moneyColumns,
  moneyHead,
  moneyRemarks,
  moneyTables,
  type MoneyWords,
} from '../contract/money-text.ts'
import type { Money, MoneyRow } from '../contract/money.ts'
import { issuerFacts } from './issuer-facts.ts'
import { type Cells, moneyCells, spreadsheet } from './spreadsheet.ts'

/** Returns the money of a range for a spreadsheet: of each kind how many, how much in yuan, and how many of unknown value. */
export function moneyCsv(
  money: Money,
  issuer: Issuer,
  words: MoneyWords,
  language: Language,
): string {
  const { money: said, paper } = words
  const facts = [...issuerFacts(issuer, paper), ...moneyHead(money, { words, language })]
  const { excess, earlier, later } = moneyRemarks(money, { words, language })
  const columns = moneyColumns.flatMap((column) => [said[column], said.count, said.unknownCount])
  return spreadsheet([
    ...(issuer.isTraining ? [[paper.training, paper.trainingNote]] : []),
    ...facts.map(({ name, value }) => [name, value]),
    ...[excess, earlier, later].flatMap((remark) => (remark === null ? [] : [[remark]])),
    ...moneyTables(money, words).flatMap(({ key, heading, rows }): Cells[] => [
      [],
      [heading, ...(key === 'stocks' ? [said.stockId] : []), ...columns],
      ...rows.map(({ key: id, name, row }) => [
        name,
        ...(key === 'stocks' ? [id] : []),
        ...cellsOf(row),
      ]),
      [said.sums, ...(key === 'stocks' ? [''] : []), ...cellsOf(money.total)],
    ]),
  ])
}

function cellsOf(row: MoneyRow): Cells {
  return moneyColumns.flatMap((column) => {
    const [yuan, unknown] = moneyCells(row[column])
    return [yuan, row[column].count, unknown]
  })
}
