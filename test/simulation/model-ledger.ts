/** One line of the ledger: what was really booked. */
export interface Effect {
  readonly at: number
  readonly code: string
  /** The coupon's name (`keyOf`). */
  readonly coupon: string
  readonly useRequestNo: string
  readonly till: string
  /** Value of one coupon of the batch in the books. */
  readonly worthFen: number
}

/** A redemption that was returned. */
export interface ReturnEffect {
  readonly at: number
  readonly code: string
  /** The coupon's name (`keyOf`). */
  readonly coupon: string
  readonly returnRequestNo: string
  /** `useRequestNo` of the redemption that was returned. */
  readonly useRequestNo: string
}

/** How a request was sent. */
export interface Sent {
  readonly tillTime: number
  readonly leftAt: number
  readonly isResent: boolean
}

export interface Arrival {
  readonly at: number
  /** When it was sent. */
  readonly leftAt: number
  readonly till: string
  readonly useRequestNo: string
  readonly code: string
  /** The coupon's name (`keyOf`), also of one that does not exist. */
  readonly coupon: string
  readonly body: string
  /** What was decided about the coupon, whatever became of the reply. */
  readonly answer: string
  /** Whether the coupon was looked at: it was not refused for the settings or the rate limit. */
  readonly wasProcessed: boolean
  /** The client's own second try within one call. */
  readonly isResent: boolean
}
