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
  /** Which server's shop this till belongs to (`chain.json`), or who belongs to the server on this computer. */
  'tampered-chain',
  /** Redemptions, shifts or audit rows were changed or deleted. */
  'tampered-records',
  /** The database is an older copy. */
  'older-records',
  /** The database has tables, triggers or views that no till makes. */
  'schema-changed',
] as const
export type MismatchCode = (typeof mismatchCodes)[number]

export function isMismatch(code: string): code is MismatchCode {
  return mismatchCodes.some((each) => each === code)
}
