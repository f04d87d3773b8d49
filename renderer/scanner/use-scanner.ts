import { useEffect, useEffectEvent } from 'react'
import type { Rejected, Scan } from './decision.ts'
import { FieldGuard } from './field-guard.ts'
import { keyTarget } from './guarded-field.ts'
import { replayKey } from './replayed-keys.ts'
import { createScanListener, type ScanClock } from './scan-listener.ts'
import { defaultScannerProfile, type ScannerProfile } from './scanner-profile.ts'

interface UseScanner {
  readonly onScan: (scan: Scan) => void
  readonly onRejected?: (rejected: Rejected) => void
  /** False while scans are of no use, e.g. behind a dialog that must be answered first. */
  readonly enabled?: boolean
  readonly profile?: ScannerProfile
  readonly isWholeCode?: (text: string) => boolean
  /**
   * A person is typing an amount that a scan may follow without a pause: the typed keys go to the field, and the scan
   * counts.
   */
  readonly expectsTyping?: boolean
  /** Returns whether digits that are typed where nothing has the focus are an amount. */
  readonly takesAmount?: () => boolean
  readonly onAmount?: (text: string, at: number) => void
}

/** WeChat Pay's own codes have 22 digits, so such a text is whole even from a scanner that sends no terminator. */
export function isStandardCouponCode(text: string): boolean {
  return /^\d{22}$/u.test(text)
}

/**
 * Listens to the whole window for a scanner that types (keyboard wedge). The keys of a scan, its Enter included, reach
 * no button and no field; all other keys pass untouched.
 */
export function useScanner({
  onScan,
  onRejected,
  enabled = true,
  profile = defaultScannerProfile,
  isWholeCode = isStandardCouponCode,
  expectsTyping = false,
  takesAmount = () => false,
  onAmount,
}: UseScanner): void {
  const scanned = useEffectEvent(onScan)
  const rejected = useEffectEvent((what: Rejected) => onRejected?.(what))
  const isWhole = useEffectEvent(isWholeCode)
  const isTyping = useEffectEvent(() => expectsTyping)
  const takes = useEffectEvent(takesAmount)
  const typedAmount = useEffectEvent((text: string, at: number) => onAmount?.(text, at))
  useEffect(() => {
    if (!enabled) return undefined
    const guard = new FieldGuard(document, () => performance.now())
    const listener = createScanListener({
      profile,
      clock: pageClock,
      onDecision: (decision) => guard.decided(decision),
      isWholeCode: (text) => isWhole(text),
      expectsTyping: () => isTyping(),
      takesAmount: () => takes(),
      onAmount: (text, at) => typedAmount(text, at),
      target: () => keyTarget(document),
      onAlone: (stroke) => replayKey(document, stroke),
      onScan: (scan) => scanned(scan),
      onRejected: (what) => rejected(what),
    })
    const onKey = (event: KeyboardEvent): void => listener.key(event)
    const onFocusChange = (event: FocusEvent): void => {
      if (event.target === window) listener.focusChanged(event.timeStamp)
    }
    // Capturing on the window comes before every other listener of the page.
    const ended = new AbortController()
    const capture = { capture: true, signal: ended.signal }
    guard.listen(ended.signal)
    window.addEventListener('keydown', onKey, capture)
    window.addEventListener('keyup', onKey, capture)
    window.addEventListener('focus', onFocusChange, capture)
    window.addEventListener('blur', onFocusChange, capture)
    return () => {
      ended.abort()
      listener.stop()
    }
  }, [enabled, profile])
}

const pageClock: ScanClock = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}
