import { z } from 'zod'
import type { Permission } from './permission.ts'

/** What a person must be allowed to do; `null`: anybody, also before signing in. */
type Need = Permission | null

/** One kind of request: what goes in, what comes out, and what the person must be allowed to do. */
export interface RequestKind {
  readonly input: z.ZodType
  readonly output: z.ZodType
  /** One for every field, where different people may set the fields of one request. */
  readonly needs: Need | Readonly<Record<string, Need>>
}

/**
 * What must be allowed for a request with this input: with a need for every field, those of the fields that it has.
 * @throws when the input has a field without one: nobody decided who may set it.
 */
export function needsOf({ needs }: Pick<RequestKind, 'needs'>, input: object): readonly Need[] {
  if (needs === null || typeof needs === 'string') return [needs]
  return Object.keys(input).map((field) => {
    const need = needs[field]
    if (need === undefined) throw new Error(`nobody decided who may set ${field}`)
    return need
  })
}

/** The output of an order that a person may be refused. */
export function outcome<V extends z.ZodType, F extends z.ZodType>(value: V, fault: F) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: fault }),
  ])
}

export const nothing = z.strictObject({})

/** Why a request was not carried out. Never a message or a stack: words come from the catalogue by code. */
export interface RequestError {
  readonly code:
    | 'bad-request'
    | 'not-allowed'
    | 'signed-out'
    | 'role-too-low'
    | 'not-available'
    | 'internal'
}
