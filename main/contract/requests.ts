import { z } from 'zod'
import type { Permission } from './permission.ts'

/** The permission that a person needs; `null`: none, and nobody has to be signed in. */
type Need = Permission | null

/** One kind of request: the schemas of its input and output, and the permission that it needs. */
export interface RequestKind {
  readonly input: z.ZodType
  readonly output: z.ZodType
  /** An object with one permission for each input field, where the fields of a request need different ones. */
  readonly needs: Need | Readonly<Record<string, Need>>
  /**
   * The input fields that the audit trail keeps, with who made the request and before it is carried out. Absent where the trail has
   * no row of the request itself: it only reads, or what it changes is recorded with the redemption.
   */
  readonly audited?: readonly string[]
}

/**
 * Returns the permissions that a request with this input needs: where each field has its own, those of the fields that
 * the input contains. Throws when the list has no entry for such a field.
 */
export function needsOf({ needs }: Pick<RequestKind, 'needs'>, input: object): readonly Need[] {
  if (needs === null || typeof needs === 'string') return [needs]
  return Object.keys(input).map((field) => {
    const need = needs[field]
    if (need === undefined) throw new Error(`no permission is listed for the field ${field}`)
    return need
  })
}

/** Returns the schema for the output of a request that may fail for an expected reason: the value or the fault. */
export function outcome<V extends z.ZodType, F extends z.ZodType>(value: V, fault: F) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: fault }),
  ])
}

export const nothing = z.strictObject({})

/** Why a request was not carried out. Only a code, never a message or a stack: the page finds the words by the code. */
export interface RequestError {
  readonly code:
    | 'bad-request'
    | 'not-allowed'
    | 'signed-out'
    | 'role-too-low'
    | 'not-available'
    | 'internal'
}
