import { changingColumns, fixedColumns } from './redemption-row.ts'

const inserted = [...fixedColumns, ...changingColumns]

/** Writes a new row. `valueOf` gives what stands for a column, for `fresh`, and for how far ahead of its place it is sent. */
export const redemptionInsertion = (valueOf: (column: string) => string | number): string => `
  INSERT INTO redemption (${inserted.join()}, fresh, send_rank)
  VALUES (${inserted.map(valueOf).join()}, ${valueOf('fresh')},
    (SELECT ifnull(max(rowid), 0) + 1 FROM redemption) - ${valueOf('places_ahead')})`

/** Changes a row: the columns given, then how far ahead of its place it is sent, then its number. */
export const redemptionUpdate = (columns: readonly string[]): string => `
  UPDATE redemption SET ${columns.map((column) => `${column} = ?`).join()}, send_rank = rowid - ?, fresh = 0
  WHERE use_request_no = ?`
