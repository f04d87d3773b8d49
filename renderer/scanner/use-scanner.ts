import { useEffect, useEffectEvent } from 'react'
import type { Decision, Rejected, Scan } from './decision.ts'
import { strokeOf } from './key-stroke.ts'
import { createScanDecoder } from './scan-decoder.ts'
import { defaultScannerProfile, type ScannerProfile } from './scanner-profile.ts'

interface UseScanner {
  readonly onScan: (scan: Scan) => void
  readonly onRejected?: (rejected: Rejected) => void
  /** False while scans are of no use here, e.g. behind a dialog that must be answered first. */
  readonly enabled?: boolean
  readonly profile?: ScannerProfile
  readonly isWholeCode?: (text: string) => boolean
}

/** A standard coupon code has 22 digits, so such a text is whole even from a scanner that ends it with nothing. */
function isStandardCouponCode(text: string): boolean {
  return /^\d{22}$/u.test(text)
}

/**
 * Listens to the whole window for a keyboard-wedge scanner. Keys of a scan, its Enter included, reach no button and
 * no field; everything else passes untouched.
 */
export function useScanner({
  onScan,
  onRejected,
  enabled = true,
  profile = defaultScannerProfile,
  isWholeCode = isStandardCouponCode,
}: UseScanner): void {
  const scanned = useEffectEvent(onScan)
  const rejected = useEffectEvent((what: Rejected) => onRejected?.(what))
  const isWhole = useEffectEvent(isWholeCode)
  useEffect(() => {
    if (!enabled) return undefined
    return listenForScans(window, {
      profile,
      isWholeCode: (text) => isWhole(text),
      onScan: (scan) => scanned(scan),
      onRejected: (what) => rejected(what),
    })
  }, [enabled, profile])
}

export interface ScanListener {
  readonly profile: ScannerProfile
  readonly isWholeCode: (text: string) => boolean
  readonly onScan: (scan: Scan) => void
  readonly onRejected: (rejected: Rejected) => void
}

/** The hook without React: starts listening, returns what stops it. */
export function listenForScans(target: Window, listener: ScanListener): () => void {
  const decoder = createScanDecoder(listener.profile, { isWholeCode: listener.isWholeCode })
  let timer: number | undefined

  function tell(decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      if (decision.kind === 'scan') listener.onScan(decision.scan)
      if (decision.kind === 'rejected') listener.onRejected(decision.rejected)
    }
    target.clearTimeout(timer)
    const due = decoder.deadline()
    if (due !== null) timer = target.setTimeout(settle, Math.max(0, due - target.performance.now()))
  }
  /** After a stall the timer may run before keys that were pressed earlier: one more turn lets them in first. */
  function settle(): void {
    timer = target.setTimeout(() => tell(decoder.elapse(target.performance.now())), 0)
  }
  function onKey(event: KeyboardEvent): void {
    // Keys that a script made are not a scanner's.
    if (!event.isTrusted) return
    const decisions = decoder.push(strokeOf(event))
    if (decisions.some((decision) => decision.kind === 'withhold')) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    tell(decisions)
  }
  function onFocusChange(event: FocusEvent): void {
    if (event.target === target) tell(decoder.interrupt(event.timeStamp))
  }

  const capture = { capture: true }
  target.addEventListener('keydown', onKey, capture)
  target.addEventListener('keyup', onKey, capture)
  target.addEventListener('focus', onFocusChange, capture)
  target.addEventListener('blur', onFocusChange, capture)
  return () => {
    target.clearTimeout(timer)
    target.removeEventListener('keydown', onKey, capture)
    target.removeEventListener('keyup', onKey, capture)
    target.removeEventListener('focus', onFocusChange, capture)
    target.removeEventListener('blur', onFocusChange, capture)
  }
}
