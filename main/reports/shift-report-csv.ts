import { formatDateTime } from '../contract/format.ts'
import type { Language } from '../contract/language.ts'
import type { Issuer } from '../contract/paper-text.ts'
import {
  bookedStretches,
  changeText,
  counted,
  outsideName,
  type ReportWords,
  shiftReportHead,
} from '../contract/shift-report-text.ts'
import {
  type ShiftFigures,
  type ShiftReport,
  type Tally,
  totalOf,
  isCounted,
} from '../contract/shift-report.ts'
import { issuerFacts } from './issuer-facts.ts'
import { type Cells, moneyCells, spreadsheet } from './spreadsheet.ts'

/**
 * Returns a shift's report for a spreadsheet: plain numbers, money in yuan, and beside it how many discounts are of unknown
 * value.
 */
export function shiftReportCsv(
  report: ShiftReport,
  issuer: Issuer,
  words: ReportWords,
  language: Language,
): string {
  const { report: said } = words.shift
  const { figures, outside, since } = report
  const { honoured, honouredOpen, losses, ungiven } = figures
  const facts = [...issuerFacts(issuer, words.paper), ...shiftReportHead(report, words, language)]
  const rows: Cells[] = [
    ...(issuer.isTraining ? [[words.paper.training, words.paper.trainingNote]] : []),
    ...facts.map(({ name, value }) => [name, value]),
    [],
    ...tablesOf(figures, words),
    [],
    [said.honoured, honoured.count, ...moneyCells(honoured)],
    [said.honouredOpen, honouredOpen.count, ...moneyCells(honouredOpen)],
    [said.losses, losses.count, ...moneyCells(losses)],
    [said.released, ungiven.released],
    [said.notGiven, ungiven.notGiven],
    [said.returnRefused, ungiven.returnRefused],
    [],
    [said.outside, outsideName(report, { words, language })],
    ...outsideRows(outside, words),
  ]
  for (const { key, figures: booked } of bookedStretches(report))
    rows.push(
      [],
      [said[key]],
      ...tablesOf(booked, words),
      [said.honouredOpen, booked.honouredOpen.count, ...moneyCells(booked.honouredOpen)],
      [said.losses, booked.losses.count, ...moneyCells(booked.losses)],
    )
  if (since !== null) {
    rows.push([], [said.since])
    for (const change of since.changes)
      rows.push([formatDateTime(change.at, language), changeText(change, words)])
    if (since.more > 0) rows.push([said.since, since.more])
    if (since.now !== null) {
      rows.push([], [said.now, said.nowTotal], ...tablesOf(since.now.figures, words))
      rows.push([], [said.now, said.nowOutside], ...outsideRows(since.now.outside, words))
    }
  }
  return spreadsheet(rows)
}

function tablesOf({ stocks, cashiers }: ShiftFigures, { shift }: ReportWords): Cells[] {
  const { report: said, nobody } = shift
  const columns = [...counted.map((key) => said[key]), said.deducted, said.unknownCount]
  const total = totalOf(stocks)
  return [
    [said.stock, said.stockId, ...columns],
    ...stocks
      .filter(isCounted)
      .map((row) => [row.name ?? said.unknownStock, row.stockId, ...cellsOf(row)]),
    [said.sums, '', ...cellsOf(total)],
    [],
    [said.cashier, '', ...columns],
    ...cashiers.filter(isCounted).map((row) => [row.name ?? nobody, '', ...cellsOf(row)]),
    [said.sums, '', ...cellsOf(total)],
  ]
}

function outsideRows(outside: ShiftFigures | null, words: ReportWords): Cells[] {
  return outside === null ? [[words.shift.report.outsideUncounted]] : tablesOf(outside, words)
}

function cellsOf(tally: Tally): Cells {
  return [...counted.map((key) => tally[key]), ...moneyCells(tally)]
}
