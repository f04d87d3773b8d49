/** A value that a column can contain. */
export type Value = string | number | Uint8Array | null
/** A row as SQLite returned it, not yet checked. */
export type RawRow = Readonly<Record<string, unknown>>

/** A column contains a value that no till writes: the file is damaged, or something else wrote to it. */
export class MalformedRowError extends Error {}

/**
 * Returns the value of one column; throws a `MalformedRowError` when it is of another type. Written by hand instead of
 * with a schema library because a screen full of rows is read again at each change of one of them.
 */
export type ColumnReader<T> = (row: RawRow, column: string) => T

export const text: ColumnReader<string> = (row, column) => {
  const value = row[column]
  return typeof value === 'string' ? value : malformed(column)
}

export const number: ColumnReader<number> = (row, column) => {
  const value = row[column]
  return typeof value === 'number' ? value : malformed(column)
}

export const bytes: ColumnReader<Uint8Array> = (row, column) => {
  const value = row[column]
  return value instanceof Uint8Array ? value : malformed(column)
}

/** SQLite has no booleans: they are stored as 0 and 1. */
export const flag: ColumnReader<boolean> = (row, column) => {
  const value = row[column]
  return value === 0 || value === 1 ? value === 1 : malformed(column)
}

export function oneOf<T extends string>(names: readonly T[]): ColumnReader<T> {
  const known = new Map<unknown, T>(names.map((name) => [name, name]))
  return (row, column) => known.get(row[column]) ?? malformed(column)
}

export function orNull<T>(kind: ColumnReader<T>): ColumnReader<T | null> {
  return (row, column) => (row[column] === null ? null : kind(row, column))
}

/** Returns what was selected as a row, its columns not yet checked; throws a `MalformedRowError` on anything else. */
export function rowOf(raw: unknown): RawRow {
  return isRow(raw) ? raw : malformed('the row')
}

function isRow(raw: unknown): raw is RawRow {
  return typeof raw === 'object' && raw !== null
}

function malformed(column: string): never {
  throw new MalformedRowError(`${column} contains a value that no till writes`)
}
