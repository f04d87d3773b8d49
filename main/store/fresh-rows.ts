/**
 * A fresh row is one that is not yet in the indexes of codes and of the queue (see the migration `index-later`). Fresh
 * rows are always among this many newest ones, also after a crash and with two programs on one file, and are searched
 * there.
 */
export const maxFreshRows = 16
/** How many insertions may follow one another before `indexFreshRows` has to be run. */
export const maxFreshInARow = maxFreshRows / 2 - 1
const isNewest = `rowid > (SELECT max(rowid) FROM redemption) - ${maxFreshRows}`

/** The condition of fresh rows, as SQL. */
export const isFresh = `${isNewest} AND fresh = 1`
/** The SQL that enters all fresh rows into the indexes. */
export const indexFreshRows = `UPDATE redemption SET fresh = 0 WHERE ${isFresh}`

/** The conditions of the two halves of the table: rows that are in the indexes, and fresh ones. */
const halves = ['fresh = 0', `${isNewest} AND fresh = 1`] as const

/**
 * Returns, as SQL for a FROM clause, the redemptions that meet a condition on the index of codes or of the queue, with
 * their row number as `id`. The same condition on the table `redemption` finds the same rows, but reads every row of
 * the table. Name the columns that are used: each further one takes time.
 */
export const redemptionsWhere = (condition: string, columns = '*'): string =>
  `(${halves
    .map((half) => `SELECT rowid AS id, ${columns} FROM redemption WHERE ${half} AND ${condition}`)
    .join(' UNION ALL ')})`
