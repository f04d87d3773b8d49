/** What a till's screen said about a coupon, read from the page. */
export interface Told {
  readonly tillId: string
  /** `data-tone` of the panel: green, amber, red; idle once it is ready for the next customer. */
  readonly tone: string
  /** `data-instruction` of the panel. */
  readonly instruction: string
  /** The texts of the panel that matter here, in the language of the till. */
  readonly lines: readonly string[]
  /** Redemptions that wait to be sent. */
  readonly waiting: number
}

export type Outcome = 'one-gave' | 'both-gave' | 'none-gave'

const giving: readonly string[] = ['give', 'already-given']

/** Judges all that the tills have said about one coupon: at how many of them the cashier was ever told to give the discount. */
export function outcomeOf(told: readonly Told[]): Outcome {
  const gave = new Set(
    told.filter(({ instruction }) => giving.includes(instruction)).map(({ tillId }) => tillId),
  )
  if (gave.size === 0) return 'none-gave'
  return gave.size === 1 ? 'one-gave' : 'both-gave'
}
