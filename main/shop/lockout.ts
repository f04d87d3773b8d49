/** After this many wrong PINs in a row comes the first lockout. */
export const triesAllowed = 5
export const firstLockoutMs = 60_000
/** Two months of guessing for half of the PINs with four digits, and no more than a quarter of an hour lost by a prank. */
const longestLockoutMs = 15 * 60_000

/**
 * Returns how long nobody is let in after so many wrong PINs in a row, in milliseconds; `null` for no lockout. Each lasts
 * twice as long as the one before, up to the longest.
 */
export function lockoutAfter(wrongPins: number): number | null {
  const beyond = wrongPins - triesAllowed
  return beyond < 0 ? null : Math.min(firstLockoutMs * 2 ** beyond, longestLockoutMs)
}
