import { z } from 'zod'
import { Decommissioned } from './decommission.ts'
import { Owner } from './owner.ts'

/** What does not fit between the till's files and what the keychain knows of them. An owner can take it as it is. */
export const mismatchCodes = [
  /** The files say that there was an anchor, and the keychain has none. */
  'anchor-missing',
  /** The database is not the one that this till had. */
  'other-database',
  /** Rows of the staff were changed, deleted or put back. */
  'tampered-staff',
  'tampered-settings',
  /** The settings of the merchant, in `profile.json`. */
  'tampered-profile',
  /** Redemptions, shifts or audit rows were changed or deleted. */
  'tampered-records',
  /** The database is an older copy. */
  'older-records',
  /** The database has tables, triggers or views that no till makes. */
  'schema-changed',
] as const
export type MismatchCode = (typeof mismatchCodes)[number]

export function isMismatch(code: ObstacleCode): code is MismatchCode {
  return mismatchCodes.some((each) => each === code)
}

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
