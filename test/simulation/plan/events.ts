import type { SettingsFault } from './faults.ts'
import type { HandOverEvent } from './hand-overs.ts'
import type { LostTime } from './lost-time.ts'

/** What a person at the till does with one of the last redemptions, if one is in the state for it. */
export const handActions = [
  'give-back',
  'give-back',
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

/** `stockId`: the batch that the cashier says it is of, rightly or not, where the till wants to know. */
export interface ScanEvent {
  readonly kind: 'scan'
  readonly payload: string
  readonly stockId: string | null
}

/** At the counter, with a customer. `pick` counts back from the till's newest presentation. */
export type CounterEvent =
  | ScanEvent
  | { readonly kind: 'rescan'; readonly pick: number }
  /** The order's total, in fen. */
  | { readonly kind: 'total'; readonly fen: number }
  | { readonly kind: 'next-customer' }
  /** Nobody touches the till for a while: the customer has left. */
  | { readonly kind: 'rest' }
  | { readonly kind: 'focus-lost' }
  /** A burst of keys that gave no code. */
  | { readonly kind: 'misread' }
  | { readonly kind: 'customer-keeps'; readonly pick: number }
  | { readonly kind: 'supervisor-honours'; readonly pick: number }
  | { readonly kind: 'give'; readonly pick: number }
  | { readonly kind: 'return'; readonly pick: number }
  /** Whoever stood here goes: every held coupon is its customer's again. */
  | { readonly kind: 'shift-end' }

/** At the desk. */
export type DeskEvent =
  | {
      readonly kind: 'hand'
      readonly action: (typeof handActions)[number]
      readonly pick: number
      /** What waits in review is decided against what the ledger says. */
      readonly isWrong: boolean
    }
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'sync-now' }
  | { readonly kind: 'network-hint' }
  /** What is personal goes, of what was decided longer ago than this. */
  | { readonly kind: 'erase'; readonly olderThanMs: number }

export type Trouble =
  | {
      readonly kind: 'crash'
      readonly point: (typeof crashPoints)[number]
      /** Which of the till's calls to store and gateway, counted from the event on, is the last. */
      readonly calls: number
      readonly downMs: number
    }
  | { readonly kind: 'quit'; readonly downMs: number }
  | { readonly kind: 'outage'; readonly how: 'no-name' | 'black-hole'; readonly ms: number }
  | { readonly kind: 'settings'; readonly fault: SettingsFault; readonly ms: number }
  /** The till has a wrong key of WeChat Pay's: every signature it sees is one that it cannot verify. */
  | { readonly kind: 'wrong-key'; readonly ms: number }
  | { readonly kind: 'clock-step'; readonly byMs: number; readonly mendedAfterMs: number }
  | { readonly kind: 'disk-full'; readonly ms: number }

/** Of several tills. */
export type ShopEvent =
  /** The other tills of the shop tell what they redeemed. */
  { readonly kind: 'peers' } | HandOverEvent

export type PlannedEvent = CounterEvent | DeskEvent | Trouble | ShopEvent | LostTime

/** `atMs` counts from the start. */
export interface TimedEvent<E extends PlannedEvent = PlannedEvent> {
  readonly atMs: number
  readonly till: number
  readonly event: E
}
