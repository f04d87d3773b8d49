import type { ScannerProfile } from '../../../main/contract/scanner-profile.ts'
import type { Rejected, Scan } from '../../scanner/decision.ts'
import type { HealthNote } from '../../scanner/health/scanner-health.ts'
import { useScannerHealth } from '../../scanner/health/use-scanner-health.ts'
import { defaultScannerProfile } from '../../scanner/scanner-profile.ts'
import { useScanner } from '../../scanner/use-scanner.ts'

interface TillScanner {
  readonly calibrated: ScannerProfile | null
  readonly enabled: boolean
  readonly onScan: (scan: Scan) => void
  readonly onRejected: (rejected: Rejected) => void
}

/** The scanner as the shop calibrated it, and what there is to say of its health. */
export function useTillScanner({ calibrated, enabled, onScan, onRejected }: TillScanner): {
  readonly notes: readonly HealthNote[]
  /** A code came in by hand: twice in a row, and the scanner may not be heard. */
  readonly typed: () => void
} {
  const profile = calibrated ?? defaultScannerProfile
  const { notes, tell } = useScannerHealth(profile.rhythm?.gapMs ?? null)
  useScanner({
    profile,
    enabled,
    onScan: (scan) => {
      tell({ kind: 'scan', at: Date.now(), scan })
      onScan(scan)
    },
    onRejected: (rejected) => {
      tell({ kind: 'rejected', at: Date.now(), rejected })
      onRejected(rejected)
    },
  })
  return { notes, typed: () => tell({ kind: 'typed', at: Date.now() }) }
}
