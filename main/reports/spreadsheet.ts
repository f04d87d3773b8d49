import { stringify } from 'csv-stringify/sync'

export type Cells = readonly (string | number)[]

const fenPerYuan = 100

/**
 * Returns rows as CSV. It begins with a byte order mark, which Excel needs to read Chinese; a text that looks like a formula is
 * escaped. A number is none, also below 0.
 */
export function spreadsheet(rows: readonly Cells[]): string {
  return stringify([...rows], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  })
}

/** The known sum in yuan, and how many are not in it. Where nothing is known the sum stays empty: unknown is never 0. */
export function moneyCells({
  fen,
  unknown,
}: {
  readonly fen: number
  readonly unknown: number
}): [string | number, number] {
  if (fen === 0 && unknown !== 0) return ['', unknown]
  // As a text, what is below 0 would look like a formula.
  return [fen < 0 ? fen / fenPerYuan : (fen / fenPerYuan).toFixed(2), unknown]
}
