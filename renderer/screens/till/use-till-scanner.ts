import type { AttachedState } from '../../../main/contract/attached-scanner.ts'
import type { ScannerProfile } from '../../../main/contract/scanner-profile.ts'
import type { ScanSource } from '../../../main/contract/redemption-view.ts'
import type { RejectReason } from '../../scanner/decision.ts'
import type { HealthNote } from '../../scanner/health/scanner-health.ts'
import { useScannerHealth } from '../../scanner/health/use-scanner-health.ts'
import { defaultScannerProfile } from '../../scanner/scanner-profile.ts'
import { useAttachedScanner } from '../../scanner/use-attached-scanner.ts'
import { useScanner } from '../../scanner/use-scanner.ts'

interface TillScanner {
  readonly calibrated: ScannerProfile | null
  readonly attached: AttachedState
  readonly enabled: boolean
  /** An amount is being typed that a scan may follow without a pause. */
  readonly expectsTyping: boolean
  /** Whether digits typed where nothing has the focus are the order's total. */
  readonly takesAmount: () => boolean
  readonly onAmount: (text: string, at: number) => void
  /** `startedAt`: when its first key went down, by the clock of the keys; `null` where a scanner sends no keys. */
  readonly onScan: (text: string, source: ScanSource, startedAt: number | null) => void
  readonly onRejected: (why: RejectReason, startedAt: number | null) => void
}

/** Connects the scanner, as the shop calibrated it, and returns notes about its health. */
export function useTillScanner({
  calibrated,
  attached,
  enabled,
  expectsTyping,
  takesAmount,
  onAmount,
  onScan,
  onRejected,
}: TillScanner): {
  readonly notes: readonly HealthNote[]
  /** Call when a code was typed: after two in a row, the scanner may not be heard. */
  readonly typed: () => void
} {
  const profile = calibrated ?? defaultScannerProfile
  const { notes, tell } = useScannerHealth(profile.rhythm?.gapMs ?? null, attached)
  useScanner({
    profile,
    enabled,
    expectsTyping,
    takesAmount,
    onAmount,
    onScan: (scan) => {
      tell({ kind: 'scan', at: Date.now(), scan })
      onScan(scan.text, scan.source, scan.startedAt)
    },
    onRejected: (rejected) => {
      tell({ kind: 'rejected', at: Date.now(), rejected })
      onRejected(rejected.why, rejected.startedAt)
    },
  })
  useAttachedScanner({
    profile,
    enabled,
    onRead: (text, source) => {
      tell({ kind: 'attached' })
      onScan(text, source, null)
    },
    onRejected: (why) => {
      tell({ kind: 'rejected', at: Date.now(), rejected: { why } })
      onRejected(why, null)
    },
  })
  return { notes, typed: () => tell({ kind: 'typed', at: Date.now() }) }
}
