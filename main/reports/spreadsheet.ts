import { stringify } from 'csv-stringify/sync'

/** A sum, in fen. */
interface Sum {
  readonly fen: number
}

export type Cells = readonly (string | number | Sum)[]

const fenPerYuan = 100

/**
 * Returns rows as CSV. It begins with a byte order mark, which Excel needs to read Chinese; a text that looks like a formula is
 * escaped. A number or a sum is none, also below 0.
 */
export function spreadsheet(rows: readonly Cells[]): string {
  return stringify([...rows], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    // What is below 0 would look like a formula.
    cast: { object: ({ fen }) => ({ value: yuan(Number(fen)), escape_formulas: false }) },
  })
}

/** The known sum in yuan, and how many are not in it. Where nothing is known the sum stays empty: unknown is never 0. */
export function moneyCells({
  fen,
  unknown,
}: {
  readonly fen: number
  readonly unknown: number
}): [string | Sum, number] {
  return [fen === 0 && unknown !== 0 ? '' : { fen }, unknown]
}

function yuan(fen: number): string {
  return (fen / fenPerYuan).toFixed(2)
}
