/** What a column can hold. */
export type Value = string | number | Uint8Array | null
/** As it was selected. */
export type RawRow = Readonly<Record<string, unknown>>

/** A column holds what no till writes: damage, or a foreign hand. */
export class StrangeRowError extends Error {}

/** Reads one column. By hand, and not by a schema: a screen full of rows is read at each change of any of them. */
export type Kind<T> = (row: RawRow, column: string) => T

export const text: Kind<string> = (row, column) => {
  const value = row[column]
  return typeof value === 'string' ? value : strange(column)
}

export const number: Kind<number> = (row, column) => {
  const value = row[column]
  return typeof value === 'number' ? value : strange(column)
}

export const bytes: Kind<Uint8Array> = (row, column) => {
  const value = row[column]
  return value instanceof Uint8Array ? value : strange(column)
}

/** SQLite has no booleans. */
export const flag: Kind<boolean> = (row, column) => {
  const value = row[column]
  return value === 0 || value === 1 ? value === 1 : strange(column)
}

export function oneOf<T extends string>(names: readonly T[]): Kind<T> {
  const known = new Map<unknown, T>(names.map((name) => [name, name]))
  return (row, column) => known.get(row[column]) ?? strange(column)
}

export function orNull<T>(kind: Kind<T>): Kind<T | null> {
  return (row, column) => (row[column] === null ? null : kind(row, column))
}

/** A row of some table, whatever it holds. */
export function rowOf(raw: unknown): RawRow {
  return isRow(raw) ? raw : strange('the row')
}

function isRow(raw: unknown): raw is RawRow {
  return typeof raw === 'object' && raw !== null
}

function strange(column: string): never {
  throw new StrangeRowError(`${column} holds what no till writes`)
}
