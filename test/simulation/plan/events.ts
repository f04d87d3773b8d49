import type { ChainEvent } from './chain-event.ts'
import type { SettingsFault } from './faults.ts'
import type { HandOverEvent } from './hand-overs.ts'
import type { LostTime } from './lost-time.ts'

/** What a person does with one of the latest redemptions, if one is in a state that allows it. */
export const handActions = [
  'return-coupon',
  'return-coupon',
  'cancel',
  'send-again',
  'resolve',
  'honour',
] as const

export const crashPoints = [
  'now',
  'before-call',
  'after-call',
  'torn-commit',
  'torn-commit',
] as const

/** `stockId`: the batch that the cashier names, rightly or wrongly, when the till asks. */
export interface ScanEvent {
  readonly kind: 'scan'
  readonly payload: string
  readonly stockId: string | null
}

/** Events at the counter, with a customer. `pick` counts back from the till's newest presentation. */
export type CounterEvent =
  | ScanEvent
  | { readonly kind: 'rescan'; readonly pick: number }
  /** The order's total, in fen. */
  | { readonly kind: 'total'; readonly fen: number }
  | { readonly kind: 'next-customer' }
  /** Nobody touches the till for a while, because the customer has left. */
  | { readonly kind: 'rest' }
  | { readonly kind: 'focus-lost' }
  /** The cashier looks at another screen, or the lock screen, for so long. */
  | { readonly kind: 'other-screen'; readonly ms: number }
  /** A burst of keys that yields no code. */
  | { readonly kind: 'misread' }
  | { readonly kind: 'customer-keeps'; readonly pick: number }
  | { readonly kind: 'supervisor-honours'; readonly pick: number }
  | { readonly kind: 'give'; readonly pick: number }
  | { readonly kind: 'return'; readonly pick: number }
  /** The cashier leaves: every held coupon goes back to its customer. */
  | { readonly kind: 'shift-end' }

/** Events at the supervisor's desk. */
export type DeskEvent =
  | {
      readonly kind: 'hand'
      readonly action: (typeof handActions)[number]
      readonly pick: number
      /** Whether the entry in review is decided against the ledger. */
      readonly isWrong: boolean
    }
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'sync-now' }
  | { readonly kind: 'network-hint' }
  /** Erases personal data of what was decided longer ago than this. */
  | { readonly kind: 'erase'; readonly olderThanMs: number }

export type Trouble =
  | {
      readonly kind: 'crash'
      readonly point: (typeof crashPoints)[number]
      /** How many of the till's calls to store and gateway, counted from this event on, it still makes. */
      readonly calls: number
      readonly downMs: number
    }
  | { readonly kind: 'quit'; readonly downMs: number }
  | { readonly kind: 'outage'; readonly how: 'no-name' | 'black-hole'; readonly ms: number }
  | { readonly kind: 'settings'; readonly fault: SettingsFault; readonly ms: number }
  /** The till has a wrong key of WeChat Pay, so that it cannot verify any signature. */
  | { readonly kind: 'wrong-key'; readonly ms: number }
  | { readonly kind: 'clock-step'; readonly byMs: number; readonly mendedAfterMs: number }
  | { readonly kind: 'disk-full'; readonly ms: number }

/** Events of several tills. */
export type ShopEvent =
  /** The shop's other tills tell what they redeemed. */
  { readonly kind: 'peers' } | HandOverEvent

export type PlannedEvent = CounterEvent | DeskEvent | Trouble | ShopEvent | LostTime | ChainEvent

/** `atMs` counts from the start. */
export interface TimedEvent<E extends PlannedEvent = PlannedEvent> {
  readonly atMs: number
  readonly till: number
  readonly event: E
}
