/** What a till process is started with, as JSON in its argument. */
export interface RacerSetup {
  readonly address: string
  readonly authority: string
  readonly seed: string
  /** base64 */
  readonly chainKey: string
  readonly tillId: string
}

/** To a till process: claim all these, in this order. */
export interface RaceOrder {
  readonly codes: readonly string[]
  readonly round: number
  /** Milliseconds between two claims, at most. */
  readonly pace: number
}

/** From a till process, once all are answered and its journal is sent. */
export interface RaceResult {
  readonly round: number
  readonly won: readonly string[]
  /** Milliseconds that each claim took which was won, and which was lost, at the first try. */
  readonly tookWon: readonly number[]
  readonly tookLost: readonly number[]
  readonly unanswered: number
  /** Coupons that it has heard of since it was started. */
  readonly heard: number
  readonly heardTwice: number
  readonly faults: readonly string[]
}
