import { err, ok, type Result } from '../contract/result.ts'
import { newRedemption, type Redemption } from '../redemption/redemption.ts'
import type { Sibling, Standing } from '../redemption/take-over.ts'
import {
  bytes,
  MalformedRowError,
  orNull,
  type RawRow,
  rowOf,
  text,
  type Value,
} from './column-readers.ts'
import type { Field, RowSeal } from './field-kinds.ts'
import { type ChangingField, type Draft, fields } from './redemption-fields.ts'
import { isSame } from './same-bytes.ts'
import type { Sealing } from './sealing.ts'

/** Columns that never change, in the order of `RedemptionRow.fixed`. */
export const fixedColumns = [
  'use_request_no',
  'key_id',
  'code_fingerprint',
  'code_tail',
  'body_sealed',
] as const
/** Reads one field of a redemption from its columns, and returns their values. */
interface Accessor<K extends ChangingField> {
  readonly columns: readonly string[]
  readonly sealedColumn?: string
  readonly valuesOf: (redemption: Pick<Redemption, K>, seal: RowSeal) => readonly Value[]
  readonly readInto: (draft: Pick<Draft, K>, row: RawRow, seal: RowSeal) => void
}

const table: { readonly [K in ChangingField]: Field<Redemption[K]> } = fields
const accessors = Object.keys(fields)
  .filter((name): name is ChangingField => name in fields)
  .map(accessorOf)

/** Columns that may change, in the order of `RedemptionRow.changes`. */
export const changingColumns = accessors.flatMap(({ columns }) => columns)
/** Those of `changingColumns` that are encrypted. */
export const sealedColumns = accessors.flatMap(({ sealedColumn }) => sealedColumn ?? [])

/** A new redemption without the values that a scan brings. */
export const blankRedemption = newRedemption({
  useRequestNo: '',
  couponCode: '',
  source: 'scanned',
  body: new Uint8Array(0),
  recordedAt: 0,
})

/** How many of the last characters of a code are stored readable. */
const readableTail = 4

/** What a row's digest is computed over. */
interface RowValues {
  /** The first of `fixedColumns`, without the sealed code and body. */
  readonly fixed: readonly [string, string, Uint8Array, string]
  readonly isErased: boolean
  readonly changes: readonly unknown[]
  /** The digest that the trail knows of an earlier state; `null` where it knows this one. */
  readonly audited: Uint8Array | null
}

/** Why a row cannot be read: a value was sealed under another key or for another place, or was changed. */
interface UnreadableRowFault {
  readonly code: 'unreadable-row'
  readonly useRequestNo: string
}

/** Converts a redemption to its row, partly encrypted, and back. */
export class RedemptionRow {
  /** Rows without a digest do not count as this till's: every row was given one when the file was anchored. */
  mustHaveMac = false
  readonly #sealing: Sealing

  constructor(sealing: Sealing) {
    this.#sealing = sealing
  }

  /** Of the key that it writes rows under. */
  get keyId(): string {
    return this.#sealing.keyId
  }

  /**
   * Returns the redemption. Fails when the row was changed by something else than the till, or cannot be decrypted.
   * Throws a `MalformedRowError` on what no till writes.
   */
  read(raw: unknown): Result<Redemption, UnreadableRowFault> {
    const row = rowOf(raw)
    const useRequestNo = text(row, 'use_request_no')
    const sealed = bytes(row, 'body_sealed')
    const seal = this.#sealOf(useRequestNo)
    if (!this.isAsWritten(row)) return err({ code: 'unreadable-row', useRequestNo })
    try {
      // Of an erased redemption, only the last characters of the code are left.
      const sent =
        sealed.length === 0
          ? { couponCode: text(row, 'code_tail'), body: new Uint8Array(0) }
          : unpack(seal.open('body', sealed))
      const draft: Draft = { ...blankRedemption, useRequestNo, ...sent }
      for (const { readInto } of accessors) readInto(draft, row, seal)
      return ok(draft)
    } catch (cause) {
      if (cause instanceof MalformedRowError) throw cause
      return err({ code: 'unreadable-row', useRequestNo })
    }
  }

  /** Returns the values of `fixedColumns`. */
  fixed({ useRequestNo, couponCode, body }: Redemption): [string, string, Buffer, string, Buffer] {
    return [
      useRequestNo,
      this.#sealing.keyId,
      this.#sealing.fingerprint(couponCode),
      couponCode.slice(-readableTail),
      this.#sealOf(useRequestNo).seal('body', pack(couponCode, body)),
    ]
  }

  /** Returns the values of `changingColumns`. */
  changes(redemption: Redemption): Value[] {
    const seal = this.#sealOf(redemption.useRequestNo)
    const values: Value[] = []
    for (const { valuesOf } of accessors) values.push(...valuesOf(redemption, seal))
    return values
  }

  /** Returns the digest of a row from the values of its columns; `changes` are those of `changingColumns`. */
  mac({ fixed, isErased, changes, audited }: RowValues): Buffer {
    // Instead of the sealed code and body, which are bound to the row's number and never change, whether they are there.
    let content = isErased ? 'erased;' : 'kept;'
    for (const value of fixed) content += encoded(value)
    content += encoded(audited)
    for (const value of changes) content += encoded(value)
    return this.#sealing.mac(content)
  }

  /** Whether a row, with all its columns, is as a till with this key wrote it. */
  isAsWritten(row: RawRow): boolean {
    const mac = macOrNull(row, 'mac')
    // A fresh row is given its digest with its first change, or when it enters the indexes.
    if (mac === null) return !this.mustHaveMac || row['fresh'] === 1
    // In a file that was rescued or restored, undecided rows were marked as perhaps sent.
    return (
      isSame(mac, this.macOf(row)) ||
      (row['uncertain'] === 1 && isSame(mac, this.macOf({ ...row, uncertain: 0 })))
    )
  }

  /** Returns the digest that a row with these columns should have. */
  macOf(row: RawRow): Buffer {
    const changes = changingColumns.map((column) => row[column])
    return this.macAfter(row, changes, macOrNull(row, 'mac_audited'))
  }

  /** The same once its `changingColumns` have these values. */
  macAfter(row: RawRow, changes: readonly unknown[], audited: Uint8Array | null): Buffer {
    const fixed = [
      text(row, 'use_request_no'),
      text(row, 'key_id'),
      bytes(row, 'code_fingerprint'),
      text(row, 'code_tail'),
    ] as const
    const isErased = bytes(row, 'body_sealed').length === 0
    return this.mac({ fixed, isErased, changes, audited })
  }

  /** Returns the value of the column `openid_sealed`. */
  openid({ useRequestNo, openid }: Redemption): Buffer | null {
    return openid === null ? null : this.#sealOf(useRequestNo).seal('openid', Buffer.from(openid))
  }

  #sealOf(useRequestNo: string): BoundSeal {
    return new BoundSeal(this.#sealing, useRequestNo)
  }
}

/** Binds what it encrypts to one row and a place in it: moved elsewhere, the value cannot be decrypted. */
class BoundSeal implements RowSeal {
  readonly #sealing: Sealing
  readonly #useRequestNo: string

  constructor(sealing: Sealing, useRequestNo: string) {
    this.#sealing = sealing
    this.#useRequestNo = useRequestNo
  }

  seal(place: string, plain: Uint8Array): Buffer {
    return this.#sealing.seal(`redemption ${this.#useRequestNo} ${place}`, plain)
  }

  open(place: string, sealed: Uint8Array): Buffer {
    return this.#sealing.open(`redemption ${this.#useRequestNo} ${place}`, sealed)
  }
}

/** The columns that `standingOf` reads. */
export const standingColumns = columnsOf([
  'state',
  'reason',
  'attempts',
  'honoured',
  'handOvers',
  'honouredValueFen',
  'given',
])

/** Returns what can be read of a row without its key. Throws a `MalformedRowError` on what no till writes. */
export function standingOf(raw: unknown): Standing {
  const row = rowOf(raw)
  return {
    state: fields.state.fromRow(row),
    reason: fields.reason.fromRow(row),
    attempts: fields.attempts.fromRow(row),
    honoured: fields.honoured.fromRow(row),
    handOvers: fields.handOvers.fromRow(row),
    honouredValueFen: fields.honouredValueFen.fromRow(row),
    given: fields.given.fromRow(row),
  }
}

/** The columns that `siblingOf` reads, beside the request number. */
export const siblingColumns = columnsOf(['state', 'reason', 'resolution', 'stockId', 'settledAt'])

/** Returns what can be read without a key of another redemption of the same code. Throws like `standingOf`. */
export function siblingOf(raw: unknown): Sibling {
  const row = rowOf(raw)
  return {
    useRequestNo: text(row, 'use_request_no'),
    state: fields.state.fromRow(row),
    reason: fields.reason.fromRow(row),
    resolution: fields.resolution.fromRow(row),
    stockId: fields.stockId.fromRow(row),
    settledAt: fields.settledAt.fromRow(row),
  }
}

const macOrNull = orNull(bytes)

/**
 * One value of a row so that no two rows have the same text: each begins with its kind and says where it ends. Written by
 * hand because a cashier waits for it; as JSON it takes three times as long.
 */
function encoded(value: unknown): string {
  if (value === null) return 'n'
  if (typeof value === 'number') return `i${value};`
  if (typeof value === 'string') return `s${value.length}:${value}`
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('base64')};`
  throw new MalformedRowError('a column of no type that a till writes')
}

export function columnsOf(names: readonly ChangingField[]): string[] {
  return names.flatMap((name) => fields[name].columns)
}

function accessorOf<K extends ChangingField>(name: K): Accessor<K> {
  const field: Field<Redemption[K]> = table[name]
  return {
    columns: field.columns,
    ...(field.sealedColumn !== undefined && { sealedColumn: field.sealedColumn }),
    valuesOf: (redemption, seal) => field.toRow(redemption[name], seal),
    readInto(draft, row, seal) {
      draft[name] = field.fromRow(row, seal)
    },
  }
}

/** Puts code and body together, to be encrypted as one: the code's length in one byte, the code, the body. */
function pack(couponCode: string, body: Uint8Array): Buffer {
  const code = Buffer.from(couponCode)
  return Buffer.concat([Uint8Array.of(code.length), code, body])
}

function unpack(packed: Buffer): Pick<Redemption, 'couponCode' | 'body'> {
  const end = 1 + packed.readUInt8(0)
  return { couponCode: packed.toString('utf8', 1, end), body: packed.subarray(end) }
}
