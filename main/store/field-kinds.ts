import { z } from 'zod'
import {
  bytes,
  flag,
  type ColumnReader,
  orNull,
  type RawRow,
  type Value,
} from './column-readers.ts'

/** Encrypts values of one row. A value is bound to its row and to a place in it, and cannot be decrypted elsewhere. */
export interface RowSeal {
  seal(place: string, plain: Uint8Array): Uint8Array
  /** Decrypts a value. Throws when it was not sealed for this place under this key. */
  open(place: string, sealed: Uint8Array): Buffer
}

/** How a field is stored in a row. */
export interface RowField<T> {
  readonly columns: readonly string[]
  /** Returns the values of the columns, in their order. */
  readonly toRow: (value: T, seal: RowSeal) => readonly Value[]
  /** Returns the field's value. Throws a `MalformedRowError` on what no till writes, and whatever `seal` throws. */
  readonly fromRow: (row: RawRow, seal: RowSeal) => T
  /** The column that is encrypted and will be erased (see `erasure.ts`); absent where none is. */
  readonly sealedColumn?: string
}

/** How a field is written in a hand-over file. */
export interface FileField<T> {
  /**
   * Parses the field's JSON, and writes it with `z.encode`. Limits lengths and numbers: a file may come from anywhere.
   */
  readonly file: z.ZodType<T>
  /** The field's key in the JSON; its own name when absent. */
  readonly key?: string
  /** The value for a file of version 1 that lacks the field; when absent, the file must have the field. */
  readonly inVersion1?: T
}

export type Field<T> = RowField<T> & FileField<T>
/** A field that can be read without decrypting anything. */
type ReadableField<T> = Field<T> & { readonly fromRow: (row: RawRow) => T }
type InFile<T> = Omit<FileField<T>, 'file'>

/** A field that is stored unchanged in one column. */
export function plain<T extends string | number | null>(
  column: string,
  kind: ColumnReader<T>,
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

/** A boolean in one column. */
export function yesOrNo(column: string): ReadableField<boolean> {
  return {
    columns: [column],
    toRow: (value) => [Number(value)],
    fromRow: (row) => flag(row, column),
    file: z.boolean(),
  }
}

const sealedOrNull = orNull(bytes)

/** An encrypted text in one column. */
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
