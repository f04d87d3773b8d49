import type { CounterView, Misread, Verdict } from '../contract/counter.ts'
import type { RedemptionView } from '../contract/redemption-view.ts'
import type { ReviewEntry, TillState } from '../contract/snapshot.ts'
import type { CounterOrders } from './counter-orders.ts'
import type { PeerRedemption } from './peers.ts'
import type { PersonOrders } from './person-orders.ts'
import type { Claim } from './shop-lock.ts'
import type { Scan } from './redeem-at-counter-parts.ts'

/** What can be asked of a till. */
export interface Till extends PersonOrders, CounterOrders {
  /** Presents a coupon and returns the first verdict that tells the cashier what to do. */
  redeem(scan: Scan): Promise<Verdict>
  /** What the counter shows. */
  counter(): CounterView
  misread(why: Misread, cashier: string | null): void
  /** Sets the total of the order at the counter, in fen. */
  setTotal(totalFen: number | null): void
  nextCustomer(): void
  /** From now on nothing is shown as news: the window lost the focus, or a scan went to another screen. */
  ageVerdict(): void
  /** The counter's screen is in front again. */
  counterCameToFront(): void
  chooseStock(presentationNo: string, stockId: string): Promise<void>
  /** Returns every held coupon to its customer, because at the end of a shift no customer is waiting. */
  releaseHeld(by: string): void
  state(): TillState
  /** What waits for a person: the highest value first, then the oldest. */
  review(): ReviewEntry[]
  /** What a screen may show of a redemption; `null` when the number is not known. */
  show(useRequestNo: string): RedemptionView | null
  subscribe(listener: () => void): () => void
  /** Calls the listener at once after each change at the counter, before the listeners of `subscribe`. */
  onCounter(listener: (counter: CounterView) => void): () => void
  /** Tries everything that waits now. */
  syncNow(): void
  /** A person has read what became of the coupons that waited. */
  settledRead(): void
  /** Tries what is due: the operating system reports a change of the network. */
  networkHint(): void
  /** Asks whether WeChat Pay can be reached, and shows what it found. Never rejects. */
  probe(): Promise<boolean>
  /** After the PC slept: begins with a new customer, and tries what is due. */
  wokeUp(): void
  /** Keeps the outbox from sending until `resume`; what cashiers scan is sent all the same. */
  pause(): void
  resume(): void
  /** Records what other tills of the shop told. On the disk when it returns. */
  hearFromPeers(redemptions: readonly PeerRedemption[]): void
  /** What this till has won at the shop's server and still needs: to be asserted again where the server has forgotten. */
  heldClaims(): readonly Claim[]
  start(): void
  stop(): void
}
