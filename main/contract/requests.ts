import { z } from 'zod'
import type { Permission } from './permission.ts'

/** One kind of request: what goes in, what comes out, and what the person must be allowed to do. */
export interface RequestKind {
  readonly input: z.ZodType
  readonly output: z.ZodType
  /** `null`: anybody, also before signing in. */
  readonly needs: Permission | null
}

/** The output of an order that a person may be refused. */
export function outcome<V extends z.ZodType, F extends z.ZodType>(value: V, fault: F) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: fault }),
  ])
}

export const nothing = z.strictObject({})
