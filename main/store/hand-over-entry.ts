import { z } from 'zod'
import { parseJson } from '../contract/json.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { HandOverFault } from '../redemption/ports.ts'
import type { Redemption } from '../redemption/redemption.ts'
import type { FileField } from './field-kinds.ts'
import { type Draft, fields, fixedInFile } from './redemption-fields.ts'
import { blankRedemption } from './redemption-row.ts'

/** Far more than any queue has. */
const mostEntries = 200_000
const Json = z.record(z.string(), z.unknown())
type Json = z.infer<typeof Json>
const List = z.array(Json).max(mostEntries)
const SentBody = z.looseObject({
  coupon_code: z.string(),
})
/** The use's names its number and the account that the coupon is redeemed under. */
const UseBody = SentBody.extend({ appid: z.string(), use_request_no: z.string() })
const ReturnBody = SentBody.extend({ return_request_no: z.string() })

/** The version of the file's format. */
type Version = 1 | 2
/** Why an entry cannot be taken over. */
interface EntryFault {
  readonly code: Extract<HandOverFault['code'], 'newer-version' | 'unreadable'>
}

/** Converts one field of a redemption to its JSON and back. */
interface EntryField<K extends keyof Redemption> {
  readonly key: string
  readonly jsonOf: (redemption: Pick<Redemption, K>) => unknown
  /** Sets the field of the draft; returns the faults for which it could not. */
  readonly readInto: (draft: Pick<Draft, K>, json: Json, version: Version) => readonly EntryFault[]
}

const inFile: { readonly [K in keyof Redemption]: FileField<Redemption[K]> } = {
  ...fixedInFile,
  ...fields,
}
const entryFields = Object.keys(inFile)
  .filter((name): name is keyof Redemption => name in inFile)
  .map(entryFieldOf)
const knownKeys: ReadonlySet<string> = new Set(entryFields.map(({ key }) => key))

/** Returns the JSON of a hand-over file, in the newest version of the format. */
export function textOfEntries(entries: readonly Redemption[]): string {
  return JSON.stringify(
    entries.map((entry) =>
      Object.fromEntries(entryFields.map(({ key, jsonOf }) => [key, jsonOf(entry)])),
    ),
  )
}

/**
 * Returns the redemptions in the JSON of a hand-over file. Fails on a file of a newer version of the program and on
 * what no till writes; never throws.
 */
export function readEntries(text: string, version: Version): Result<Redemption[], HandOverFault> {
  const list = List.safeParse(parseJson(text))
  if (!list.success) return err({ code: 'unreadable' })
  const entries: Redemption[] = []
  const faults = new Set<EntryFault['code']>()
  for (const json of list.data) {
    const read = readEntry(json, version)
    if (read.ok) entries.push(read.value)
    else for (const { code } of read.error) faults.add(code)
  }
  if (faults.has('unreadable')) return err({ code: 'unreadable' })
  if (faults.size > 0) return err({ code: 'newer-version' })
  return entries.every(isConsistent) && areDistinct(entries)
    ? ok(entries)
    : err({ code: 'unreadable' })
}

function readEntry(json: Json, version: Version): Result<Redemption, readonly EntryFault[]> {
  const draft: Draft = { ...blankRedemption }
  const faults = entryFields.flatMap(({ readInto }) => readInto(draft, json, version))
  // A later version of the program wrote fields that this one does not know.
  if (Object.keys(json).some((key) => !knownKeys.has(key))) faults.push({ code: 'newer-version' })
  if (faults.length > 0) return err(faults)
  return ok(version === 1 ? withGiven(draft) : draft)
}

function entryFieldOf<K extends keyof Redemption>(name: K): EntryField<K> {
  const { key = name, file, inVersion1 }: FileField<Redemption[K]> = inFile[name]
  return {
    key,
    jsonOf: (redemption) => z.encode(file, redemption[name]),
    readInto(draft, json, version) {
      const value = json[key]
      if (value === undefined && version === 1 && inVersion1 !== undefined) {
        draft[name] = inVersion1
        return []
      }
      const read = file.safeParse(value)
      if (!read.success) return read.error.issues.map((issue) => faultOf(issue, value))
      draft[name] = read.data
      return []
    },
  }
}

/** Takes an unknown key, or an unknown name of a state or a reason, for the work of a later version of the program. */
function faultOf(issue: z.core.$ZodIssue, value: unknown): EntryFault {
  const isUnknownName =
    issue.code === 'invalid_value' && typeof valueAt(value, issue.path) === 'string'
  const isNewer = issue.code === 'unrecognized_keys' || isUnknownName
  return { code: isNewer ? 'newer-version' : 'unreadable' }
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    json,
  )
}

const open: ReadonlySet<string> = new Set(['pending', 'returning', 'review'])

/** Whether the entry is undecided and its request bodies are about its coupon, under its request numbers. */
function isConsistent(entry: Redemption): boolean {
  const { useRequestNo, couponCode, couponReturn, state } = entry
  if (!open.has(state) || (state === 'returning' && couponReturn === null)) return false
  const use = sentIn(UseBody, entry.body)
  if (use?.coupon_code !== couponCode || use.use_request_no !== useRequestNo) return false
  if (couponReturn === null) return true
  const back = sentIn(ReturnBody, couponReturn.body)
  const isSameNumber = back?.return_request_no === couponReturn.returnRequestNo
  return isSameNumber && back.coupon_code === couponCode
}

function sentIn<S extends z.ZodType>(schema: S, body: Uint8Array): z.infer<S> | null {
  return schema.safeParse(parseJson(new TextDecoder().decode(body))).data ?? null
}

function areDistinct(entries: readonly Redemption[]): boolean {
  const numbers = entries.flatMap(({ useRequestNo, couponReturn }) => [
    useRequestNo,
    ...(couponReturn === null ? [] : [couponReturn.returnRequestNo]),
  ])
  return new Set(numbers).size === numbers.length
}

/** For version 1, which had no field `given`: the discount of an honoured coupon counts as given at its recording. */
function withGiven(entry: Redemption): Redemption {
  const { honoured, given, recordedAt, cashier, honouredValueFen } = entry
  if (!honoured || given !== null) return entry
  return { ...entry, given: { at: recordedAt, by: cashier, fen: honouredValueFen } }
}
