import { stringify } from 'csv-stringify/sync'
import type { Language } from '../contract/language.ts'
import { shiftReportHead, type ShiftWords } from '../contract/shift-report-text.ts'
import type { ShiftReport } from '../contract/shift-report.ts'

const fenPerYuan = 100

/**
 * Returns a shift's report for a spreadsheet: plain numbers, money in yuan. It begins with a byte order mark, which Excel
 * needs to read Chinese; what looks like a formula is escaped.
 */
export function shiftReportCsv(report: ShiftReport, words: ShiftWords, language: Language): string {
  const { report: said, nobody } = words
  const { stocks, cashiers, honoured, honouredOpen, losses, ungiven } = report
  const rows = [
    ...shiftReportHead(report, words, language),
    [],
    [
      said.stock,
      said.stockId,
      said.redeemed,
      said.returned,
      said.refused,
      said.open,
      said.deducted,
    ],
    ...stocks.map((stock) => [
      stock.name ?? said.unknownStock,
      stock.stockId,
      stock.redeemed,
      stock.returned,
      stock.refused,
      stock.open,
      stock.deductedFen === null ? '' : yuan(stock.deductedFen),
    ]),
    [],
    [said.cashier, said.redeemed],
    ...cashiers.map(({ name, redeemed }) => [name ?? nobody, redeemed]),
    [],
    [said.honoured, honoured.count, yuan(honoured.fen)],
    [said.honouredOpen, honouredOpen.count, yuan(honouredOpen.fen)],
    [said.losses, losses.count, yuan(losses.fen)],
    [said.released, ungiven.released],
    [said.notGiven, ungiven.notGiven],
    [said.returnRefused, ungiven.returnRefused],
  ]
  return stringify(rows, { bom: true, record_delimiter: 'windows', escape_formulas: true })
}

function yuan(fen: number): string {
  return (fen / fenPerYuan).toFixed(2)
}
