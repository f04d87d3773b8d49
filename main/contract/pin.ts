/** The most digits of a PIN. */
export const longestPin = 8
/** Four to eight digits. Whether a PIN is too easy to guess is checked in `shop/roster.ts`. */
export const pinPattern = /^\d{4,8}$/
