import { z } from 'zod'
import { backupPasswordLength } from './backup-password.ts'
import { outcome, type RequestKind } from './requests.ts'

/** Why a till was not decommissioned; nothing was changed then. Words: `settings.json`, `decommission.fault.<code>`. */
export const decommissionFaults = [
  'not-live',
  /** What was typed is not the till's number. */
  'wrong-word',
  'owner-needed',
  /** Without a password of backups the records would open nowhere any more. */
  'no-password',
  'wrong-password',
  /** Something waits, and nobody has said that another computer goes on with it. */
  'open-here',
  /** The shop's server runs here: the other tills would be without it, and its records would go. */
  'is-shop-server',
  'cancelled',
  /** The records could not be written, or what was written does not open. */
  'not-written',
] as const
export const DecommissionFault = z.object({ code: z.enum(decommissionFaults) })
export type DecommissionFault = z.infer<typeof DecommissionFault>

/** What a decommissioned computer says of what it was. */
export const Decommissioned = z.object({
  /** Epoch milliseconds. */
  at: z.int(),
  by: z.string(),
  merchantId: z.string(),
  tillId: z.string(),
  /** Where the records were sealed to. */
  file: z.string(),
  /** How many redemptions in it were not settled. */
  open: z.int().nonnegative(),
})
export type Decommissioned = z.infer<typeof Decommissioned>

export const decommissionRequests = {
  /**
   * Seals the records into a folder that a person chooses, deletes the keys from the keychain and the records from this
   * computer. Returns the file.
   */
  'decommission.run': {
    input: z.strictObject({
      /** The till's number, typed. */
      word: z.string().max(32),
      /** Of the backups: it has to be known, as nothing else opens the records afterwards. */
      password: z.string().min(1).max(backupPasswordLength.most),
      /** What waits is gone on with on another computer. */
      movesOpen: z.boolean(),
    }),
    output: outcome(z.string(), DecommissionFault),
    needs: 'set-up',
    audited: ['movesOpen'],
  },
} as const satisfies Record<string, RequestKind>
