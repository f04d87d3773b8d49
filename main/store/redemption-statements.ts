import { changingColumns, fixedColumns } from './redemption-row.ts'

const inserted = [...fixedColumns, ...changingColumns]

/**
 * Returns the SQL that inserts a row. `valueOf` returns the SQL of a column's value; it is also asked for `fresh`, for
 * `mac`, and for `places_ahead`, how many places ahead of its turn the redemption is sent.
 */
export const redemptionInsertion = (valueOf: (column: string) => string | number): string => `
  INSERT INTO redemption (${inserted.join()}, fresh, mac, send_rank)
  VALUES (${inserted.map(valueOf).join()}, ${valueOf('fresh')}, ${valueOf('mac')},
    (SELECT ifnull(max(rowid), 0) + 1 FROM redemption) - ${valueOf('places_ahead')})`

/**
 * Returns the SQL that updates a row; binds the columns in their order, then the two digests, the places
 * ahead and the request number.
 */
export const redemptionUpdate = (columns: readonly string[]): string => `
  UPDATE redemption SET ${columns.map((column) => `${column} = ?`).join()}, mac = ?, mac_audited = ?, send_rank = rowid - ?, fresh = 0
  WHERE use_request_no = ?`
