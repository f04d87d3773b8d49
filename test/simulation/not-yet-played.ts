/**
 * What the world can play and today's till does not get right: kinds of trouble, and rules that the checker holds. Each
 * is switched on by taking it out of the list below, or for one run by `--play KIND`.
 */
const kinds = [
  /** A shop's one batch is guessed for 22 digits: a guess refuses nobody's coupon. */
  'guessed-batch',
  /** The same code in two batches is two coupons. */
  'codes-of-two-batches',
  /** A merchant's own codes of 22 digits are his: they go with their batch. */
  'own-codes-of-22-digits',
  /** One odd field in a batch's rule loses that field and not the batch. */
  'odd-batch-field',
  /** A coupon that was valid when it was presented is not refused for the PC's wrong clock. */
  'use-time-of-a-wrong-clock',
  /** Settings faults that only their message tells from a coupon's: they refuse nobody. */
  'address-not-allowed',
  'appid-in-message',
  'sub-merchant',
  'header-missing',
  /** For ever, of one coupon alone: nothing is tried for ever. */
  'coupon-never-verified',
  'coupon-never-found-path',
  'coupon-settings-alone',
  'coupon-never-answered',
  /** After a resend within one call, a settings fault proves nothing of the first try. */
  'resent-then-blocked',
  /** A return that its client sent twice within one call is refused for the first of the two. */
  'return-resent',
  /** `Retry-After` is kept to the second. */
  'retry-after-kept',
  /** Neither a success elsewhere nor a probe resets an entry's own back-off. */
  'back-off-kept',
  /** What a person decided is what a later presentation is told. */
  'resolution-told',
] as const
export type Kind = (typeof kinds)[number]

const notYetPlayed = new Set<string>(kinds)

export function isPlayed(kind: Kind): boolean {
  return !notYetPlayed.has(kind)
}

/** For this run; throws on a kind that is not in the list. */
export function playAlso(kind: string): void {
  if (!notYetPlayed.delete(kind)) throw new Error(`no such kind, or played anyway: ${kind}`)
}
