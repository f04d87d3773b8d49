import { z } from 'zod'
import { bytes, flag, type Kind, orNull, type RawRow, type Value } from './column-kinds.ts'

/** Seals for one row: what is sealed for one place opens at no other, and in no other row. */
export interface RowSeal {
  seal(place: string, plain: Uint8Array): Uint8Array
  /** Throws on what was not sealed for this place under this key. */
  open(place: string, sealed: Uint8Array): Buffer
}

/** How a field is kept in a row. */
export interface RowField<T> {
  readonly columns: readonly string[]
  /** In the order of the columns. */
  readonly toRow: (value: T, seal: RowSeal) => readonly Value[]
  /** Throws a `StrangeRowError` on what no till writes, and whatever `seal` throws. */
  readonly fromRow: (row: RawRow, seal: RowSeal) => T
  /** Which of the columns is sealed, and so erased after its time; absent where none is. */
  readonly sealedColumn?: string
}

/** How a field is written in a hand-over file. */
export interface FileField<T> {
  /** Reads the JSON, and writes it (`z.encode`). Bounded: a file may come from anywhere. */
  readonly file: z.ZodType<T>
  /** Its key; the field's own name when absent. */
  readonly key?: string
  /** What a file of version 1, which lacks it, means. */
  readonly inVersion1?: T
}

export type Field<T> = RowField<T> & FileField<T>
/** One that is read without a key. */
type ReadableField<T> = Field<T> & { readonly fromRow: (row: RawRow) => T }
type InFile<T> = Omit<FileField<T>, 'file'>

/** One column, of the same value. */
export function plain<T extends string | number | null>(
  column: string,
  kind: Kind<T>,
  file: z.ZodType<T>,
  inFile: InFile<T> = {},
): ReadableField<T> {
  return {
    columns: [column],
    toRow: (value) => [value],
    fromRow: (row) => kind(row, column),
    file,
    ...inFile,
  }
}

export function yesOrNo(column: string): ReadableField<boolean> {
  return {
    columns: [column],
    toRow: (value) => [Number(value)],
    fromRow: (row) => flag(row, column),
    file: z.boolean(),
  }
}

const sealedOrNull = orNull(bytes)

/** A text that nobody reads without the key. */
export function sealedText(
  column: string,
  place: string,
  file: z.ZodType<string | null>,
): Field<string | null> {
  return {
    columns: [column],
    toRow: (value, seal) => [value === null ? null : seal.seal(place, Buffer.from(value))],
    fromRow(row, seal) {
      const sealed = sealedOrNull(row, column)
      return sealed && seal.open(place, sealed).toString('utf8')
    },
    sealedColumn: column,
    file,
  }
}
