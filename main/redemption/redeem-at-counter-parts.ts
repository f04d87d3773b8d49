import type { RedemptionView, ScanSource } from '../contract/redemption-view.ts'
import type { Attempted, Attempter } from './attempt.ts'
import type { ConnectionState } from './connection.ts'
import type { Holds } from './holds.ts'
import type { Clocks, Random, Scheduler, TillStore } from './ports.ts'
import type { Recorder } from './recorder.ts'
import type { Redemption } from './redemption.ts'
import type { ShopClaims } from './shop-claims.ts'
import type { StockCatalogue } from './stock-catalogue.ts'
import type { TillIdentity, TillLimits, TillRules } from './till-parts.ts'

export interface Scan {
  readonly payload: string
  readonly source: ScanSource
  /** `null`: nobody is signed in. */
  readonly cashier: string | null
  /** The total of a new order, in fen, which the scan begins; `null`: the scan is for the order at the counter. */
  readonly totalFen: number | null
  /** The batch that the cashier chose, for the merchant's own code; `null` where none was chosen. */
  readonly stockId: string | null
}

export interface CounterParts {
  readonly identity: TillIdentity
  readonly store: Pick<
    TillStore,
    'redemptions' | 'open' | 'stockChoices' | 'audit' | 'told' | 'peers'
  >
  readonly clocks: Clocks
  readonly random: Random
  readonly scheduler: Scheduler
  readonly rules: Pick<TillRules, 'codeRules' | 'offlinePolicy'>
  readonly limits: Pick<TillLimits, 'patienceMs' | 'holdMs'>
  readonly isInFront: () => boolean
  readonly attempter: Attempter
  readonly recorder: Recorder
  readonly holds: Holds
  readonly connection: ConnectionState
  readonly stocks: StockCatalogue
  readonly view: (redemption: Redemption) => RedemptionView
  /** This till's claims at the shop's server; `null` for a till alone. */
  readonly claims: ShopClaims | null
  readonly report: CounterReport
}

/** Called when something has happened at the counter. */
export interface CounterReport {
  /** What the counter shows has changed. */
  readonly onChanged: () => void
  /** A coupon was recorded. */
  readonly onRecorded: () => void
  /** A coupon was recorded and not sent: the outbox sends it when its turn comes. */
  readonly onKept: () => void
  /** An attempt that the counter began has ended. */
  readonly onAttempted: (attempted: Attempted) => void
  /** An attempt threw. Its result is not known here, and the row still says that it is under way. */
  readonly onAttemptFailed: (cause: unknown) => void
  /** Something could not be written. */
  readonly onFault: (cause: unknown) => void
}
