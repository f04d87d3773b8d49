import { z } from 'zod'

/** Why the till cannot be opened; the page shows the remedy instead. Words: `setup.json`, `obstacle.<code>`. */
export const obstacleCodes = [
  'keychain-unavailable',
  'keychain-locked',
  'credentials-missing',
  'data-key-missing',
  'records-not-writable',
  'records-disk-full',
  'records-locked',
  'records-from-newer-version',
  'records-disk-failing',
  'records-damaged',
  'settings-damaged',
  'not-provisioned',
  'till-not-opened',
] as const

export const Obstacle = z.object({
  code: z.enum(obstacleCodes),
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
