import { z } from 'zod'
import { Decommissioned } from './decommission.ts'
import { mismatchCodes } from './mismatch.ts'
import { Owner } from './owner.ts'

/** Why the till cannot be opened; the page shows the remedy instead. Words: `setup.json`, `obstacle.<code>`. */
export const obstacleCodes = [
  'keychain-unavailable',
  'keychain-locked',
  'credentials-missing',
  'data-key-missing',
  /** The records of another computer are here, and the merchant's keys are not yet. */
  'moved-here',
  /** An owner ended this computer's being a till. */
  'decommissioned',
  'records-not-writable',
  'records-disk-full',
  'records-locked',
  'records-from-newer-version',
  'records-disk-failing',
  'records-damaged',
  'settings-damaged',
  'not-provisioned',
  'till-not-opened',
  ...mismatchCodes,
] as const

export const Obstacle = z.object({
  code: z.enum(obstacleCodes),
  /** Whose PIN is asked for where an owner has to decide; empty on a till without staff. */
  owners: z.array(Owner),
  /** What this computer was, where it is a till no more. */
  decommissioned: Decommissioned.nullable(),
})
export type Obstacle = z.infer<typeof Obstacle>
export type ObstacleCode = Obstacle['code']

/** The merchant certificate in use, for the warnings 60 and 14 days before it expires. */
export const CertificateNotice = z.object({
  serial: z.string(),
  level: z.enum(['good', 'soon', 'urgent', 'expired', 'not-yet-valid']),
  daysLeft: z.number().int().nonnegative(),
  /** The next certificate is stored and will replace this one. */
  isNextStaged: z.boolean(),
})
export type CertificateNotice = z.infer<typeof CertificateNotice>
