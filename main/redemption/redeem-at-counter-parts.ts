import type { ScanSource, RedemptionView } from '../contract/redemption-view.ts'
import type { Attempted, Attempter } from './attempt.ts'
import type { CodeRules } from './coupon-code.ts'
import type { ConnectionState } from './connection.ts'
import type { Holds } from './holds.ts'
import type { OfflinePolicy } from './offline-policy.ts'
import type {
  AuditTrail,
  Clock,
  OpenRedemptions,
  Peers,
  Random,
  Redemptions,
  Scheduler,
  StockChoices,
  ToldLog,
} from './ports.ts'
import type { Recorder } from './recorder.ts'
import type { Redemption } from './redemption.ts'
import type { StockCatalogue } from './stock-catalogue.ts'

export interface Scan {
  readonly payload: string
  readonly source: ScanSource
  readonly cashier?: string
  /** The order's total in fen, for the threshold and what is to be paid: begins an order of its own. */
  readonly totalFen?: number
  /** The batch that the cashier chose for the merchant's own code. */
  readonly stockId?: string
}

export interface CounterParts {
  readonly redemptions: Pick<Redemptions, 'find' | 'findByCode'>
  readonly open: Pick<OpenRedemptions, 'held' | 'honoured'>
  readonly stockChoices: StockChoices
  readonly audit: Pick<AuditTrail, 'note'>
  readonly told: ToldLog
  readonly peers: Pick<Peers, 'find'>
  readonly attempter: Attempter
  readonly holds: Holds
  readonly connection: ConnectionState
  readonly stocks: StockCatalogue
  readonly clock: Clock
  /** Milliseconds from any beginning: the clock may be set right in the middle of an order. */
  readonly elapsed: Clock
  readonly random: Random
  readonly scheduler: Scheduler
  readonly tillId: string
  readonly recorder: Recorder
  readonly codeRules: CodeRules
  readonly patienceMs: number
  readonly holdMs: number
  readonly offlinePolicy: OfflinePolicy
  readonly view: (redemption: Redemption) => RedemptionView
  readonly onRecorded: () => void
  /** Recorded, and not sent: it waits for its turn. */
  readonly onKept: () => void
  readonly onAttempted: (attempted: Attempted) => void
  readonly onFault: (cause: unknown) => void
  /** What came of it is not known to this program; the entry still says that it is under way. */
  readonly onAttemptFailed: (cause: unknown) => void
  readonly onChanged: () => void
}
