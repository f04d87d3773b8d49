import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { Pin, PinFault } from './staff.ts'

/** An owner as the keychain knows them, whatever the records say. */
export const Owner = z.object({ id: z.string(), name: z.string() })
export type Owner = z.infer<typeof Owner>

/** By what an owner shows who they are where no till is open. */
export const OwnerProof = z.union([
  z.strictObject({ id: z.string().max(64), pin: Pin }),
  /** The PIN of any owner: where no window asks who it is. */
  z.strictObject({ pin: Pin }),
  /** The code that was shown once, as it was typed. */
  z.strictObject({ recoveryCode: z.string().trim().min(8).max(40) }),
  /** On a till without staff nobody can be asked. */
  nothing,
])
export type OwnerProof = z.infer<typeof OwnerProof>

export const ownerRequests = {
  /** Shows that an owner is there, for a set-up or to take records as they are that do not fit. */
  'owner.confirm': { input: OwnerProof, output: outcome(z.null(), PinFault), needs: null },
} as const satisfies Record<string, RequestKind>
