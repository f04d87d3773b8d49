import type { Decision, Rejected, Scan } from './decision.ts'
import { type KeyStroke, strokeOf, type KeyFacts } from './key-stroke.ts'
import type { KeyTarget } from './lone-keys.ts'
import { createScanDecoder } from './scan-decoder.ts'
import type { ScannerProfile } from './scanner-profile.ts'

/** The clock of the page's events: `now` is comparable with `event.timeStamp`. */
export interface ScanClock {
  now(): number
  /** Calls back after `ms`. Returns the function that cancels it. */
  after(ms: number, call: () => void): () => void
}

export interface ScanListenerOptions {
  readonly profile: ScannerProfile
  readonly isWholeCode: (text: string) => boolean
  /** Returns whether a person is typing into a field that a scan may follow at once. */
  readonly expectsTyping?: () => boolean
  /** Returns whether digits that are typed where nothing has the focus begin an amount. */
  readonly takesAmount?: () => boolean
  /** Returns what the focused element does with keys. */
  readonly target?: () => KeyTarget
  readonly clock: ScanClock
  readonly onScan: (scan: Scan) => void
  readonly onRejected: (rejected: Rejected) => void
  /** Gets each withheld key that a person pressed, for it to act now. */
  readonly onAlone?: (stroke: KeyStroke) => void
  /** Gets an amount that a person typed, and when its last key went down. */
  readonly onAmount?: (text: string, at: number) => void
  /** Gets every decision, in order, before the page gets the event. */
  readonly onDecision?: (decision: Decision) => void
}

export type KeyEvent = KeyFacts &
  Pick<KeyboardEvent, 'isTrusted' | 'preventDefault' | 'stopImmediatePropagation'>

export interface ScanListener {
  key(event: KeyEvent): void
  /** Call when the window lost or got the focus. */
  focusChanged(at: number): void
  stop(): void
}

/**
 * The decoder with a clock: passes key events to it, wakes it when silence matters, and hides a scan's keys from the
 * page.
 */
export function createScanListener(options: ScanListenerOptions): ScanListener {
  const { clock } = options
  const { isWholeCode, expectsTyping, takesAmount, target } = options
  const decoder = createScanDecoder(options.profile, {
    isWholeCode,
    ...(expectsTyping && { expectsTyping }),
    ...(takesAmount && { takesAmount }),
    ...(target && { target }),
  })
  let cancel = noTimer

  function tell(decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      options.onDecision?.(decision)
      if (decision.kind === 'scan') options.onScan(decision.scan)
      if (decision.kind === 'rejected') options.onRejected(decision.rejected)
      if (decision.kind === 'amount') options.onAmount?.(decision.text, decision.at)
      if (decision.kind === 'alone') options.onAlone?.(decision.stroke)
    }
    wakeInTime()
  }
  function wakeInTime(): void {
    cancel()
    const due = decoder.deadline()
    cancel = due === null ? noTimer : clock.after(Math.max(0, due - clock.now()), settle)
  }
  /**
   * After a stall, a timer may run before keys that were pressed earlier; one more turn of the event loop lets them in
   * first.
   */
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
