/**
 * Which rows are in no index but their number's (see the migration `index-later`), nobody has to remember: they are among
 * the newest, whatever ends the program, and there they are looked for. Two programs on one file included.
 */
export const mostFresh = 16
/** So many insertions may follow one another without `indexAll`. */
export const freshInARow = mostFresh / 2 - 1
const isNewest = `rowid > (SELECT max(rowid) FROM redemption) - ${mostFresh}`

/** Enters them all. */
export const indexAll = `UPDATE redemption SET fresh = 0 WHERE ${isNewest} AND fresh = 1`

/** The two halves of the table: what the indexes hold, and what they lack. */
const halves = ['fresh = 0', `${isNewest} AND fresh = 1`] as const

/**
 * The table of those that a condition of the index of codes or of the queue holds for, with the row number as `id`. The
 * same asked of `redemption` itself is answered rightly, and by reading every row. Columns that are not used take their
 * time all the same.
 */
export const redemptionsWhere = (condition: string, columns = '*'): string =>
  `(${halves
    .map((half) => `SELECT rowid AS id, ${columns} FROM redemption WHERE ${half} AND ${condition}`)
    .join(' UNION ALL ')})`
