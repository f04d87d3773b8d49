import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'

export const handOverFaults = [
  'no-hand-over',
  'wrong-password',
  'busy',
  /** The file could not be written; what was sealed is kept here and can be written elsewhere. */
  'not-written',
  'nothing-kept',
] as const
export const HandOverFault = z.enum(handOverFaults)
export type HandOverFault = z.infer<typeof HandOverFault>

const order = z.strictObject({
  /** Opens the file on the other computer, and nothing else does. */
  password: z.string().min(8).max(64),
  why: z.string().trim().min(1).max(200),
})
/** Where it was written; `null` when the dialog was cancelled. */
const written = outcome(z.string().nullable(), HandOverFault)
const needs = 'hand-over'

/** Everything open, sealed for another computer that goes on under the same numbers. */
export const handOverRequests = {
  'handOver.export': { input: order, output: written, needs },
  /** The last one again, for a file that was lost. */
  'handOver.again': { input: nothing, output: written, needs },
  /** How many were new; `null` when the dialog was cancelled. */
  'handOver.import': {
    input: order,
    output: outcome(z.number().int().nonnegative().nullable(), HandOverFault),
    needs,
  },
} as const satisfies Record<string, RequestKind>
