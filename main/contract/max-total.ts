/** Largest order total that a till accepts, in fen, so that a typing mistake is noticed. */
export const maxTotalFen = 1_000_000_00
