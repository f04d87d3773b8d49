import type { Decision, Rejected, Scan } from './decision.ts'
import { strokeOf, type KeyFacts } from './key-stroke.ts'
import { createScanDecoder } from './scan-decoder.ts'
import type { ScannerProfile } from './scanner-profile.ts'

/** Time as the events of a page tell it: `now` runs on the clock of `event.timeStamp`. */
export interface ScanClock {
  now(): number
  /** Calls back after `ms`; the answer takes the call back. */
  after(ms: number, call: () => void): () => void
}

export interface ScanListenerOptions {
  readonly profile: ScannerProfile
  readonly isWholeCode: (text: string) => boolean
  /** Whether somebody types into a field now that a scan may follow at once. */
  readonly expectsTyping?: () => boolean
  readonly clock: ScanClock
  readonly onScan: (scan: Scan) => void
  readonly onRejected: (rejected: Rejected) => void
  /** Sees every decision, in order, before the event goes on to the page. */
  readonly onDecision?: (decision: Decision) => void
}

export type KeyEvent = KeyFacts &
  Pick<KeyboardEvent, 'isTrusted' | 'preventDefault' | 'stopImmediatePropagation'>

export interface ScanListener {
  key(event: KeyEvent): void
  /** The window lost or got the focus at this time. */
  focusChanged(at: number): void
  stop(): void
}

/** The decoder with a clock: feeds it events, wakes it when silence means something, keeps a scan's keys from the page. */
export function createScanListener(options: ScanListenerOptions): ScanListener {
  const { clock } = options
  const { isWholeCode, expectsTyping = () => false } = options
  const decoder = createScanDecoder(options.profile, { isWholeCode, expectsTyping })
  let cancel = noTimer

  function tell(decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      options.onDecision?.(decision)
      if (decision.kind === 'scan') options.onScan(decision.scan)
      if (decision.kind === 'rejected') options.onRejected(decision.rejected)
    }
    wakeInTime()
  }
  function wakeInTime(): void {
    cancel()
    const due = decoder.deadline()
    cancel = due === null ? noTimer : clock.after(Math.max(0, due - clock.now()), settle)
  }
  /** After a stall a timer may run before keys that were pressed earlier: one more turn lets them in first. */
  function settle(): void {
    cancel = clock.after(0, () => tell(decoder.elapse(clock.now())))
  }

  return {
    key(event) {
      // Keys that a script made are not a scanner's.
      if (!event.isTrusted) return
      const decisions = decoder.push(strokeOf(event))
      if (decisions.some((decision) => decision.kind === 'withhold')) {
        event.preventDefault()
        event.stopImmediatePropagation()
      }
      tell(decisions)
    },
    focusChanged(at) {
      tell(decoder.interrupt(at))
    },
    stop() {
      cancel()
    },
  }
}

function noTimer(): void {}
