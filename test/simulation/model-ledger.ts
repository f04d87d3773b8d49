/** One line of the ledger: what was really booked. */
export interface Effect {
  readonly at: number
  readonly code: string
  /** Names the coupon (`keyOf`). */
  readonly coupon: string
  readonly useRequestNo: string
  readonly till: string
  /** What one coupon of the batch counts for in the books. */
  readonly worthFen: number
}

/** A redemption that was taken back. */
export interface ReturnEffect {
  readonly at: number
  readonly code: string
  /** Names the coupon (`keyOf`). */
  readonly coupon: string
  readonly returnRequestNo: string
  /** Of the redemption that was taken back. */
  readonly useRequestNo: string
}

/** How a request left the till. */
export interface Sent {
  readonly tillTime: number
  readonly leftAt: number
  readonly isResent: boolean
}

export interface Arrival {
  readonly at: number
  /** When it left the till. */
  readonly leftAt: number
  readonly till: string
  readonly useRequestNo: string
  readonly code: string
  /** Names the coupon (`keyOf`), also one that there is not. */
  readonly coupon: string
  readonly body: string
  /** What was decided about the coupon, whatever became of the reply. */
  readonly answer: string
  /** Somebody looked at the coupon: it was not refused for the settings, or for being one request too many. */
  readonly wasProcessed: boolean
  /** The client's own second try within one call. */
  readonly isResent: boolean
}
