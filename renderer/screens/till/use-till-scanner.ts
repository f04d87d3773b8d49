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
  readonly onScan: (text: string, source: ScanSource) => void
  readonly onRejected: (why: RejectReason) => void
}

/** Connects the scanner, as the shop calibrated it, and returns notes about its health. */
export function useTillScanner({
  calibrated,
  attached,
  enabled,
  expectsTyping,
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
    onScan: (scan) => {
      tell({ kind: 'scan', at: Date.now(), scan })
      onScan(scan.text, scan.source)
    },
    onRejected: (rejected) => {
      tell({ kind: 'rejected', at: Date.now(), rejected })
      onRejected(rejected.why)
    },
  })
  useAttachedScanner({
    profile,
    enabled,
    onRead: (text, source) => {
      tell({ kind: 'attached' })
      onScan(text, source)
    },
    onRejected: (why) => {
      tell({ kind: 'rejected', at: Date.now(), rejected: { why } })
      onRejected(why)
    },
  })
  return { notes, typed: () => tell({ kind: 'typed', at: Date.now() }) }
}
