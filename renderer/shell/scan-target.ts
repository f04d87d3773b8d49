import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { ScanSource } from '../../main/contract/redemption-view.ts'

/** What a scanner read, however it is connected. */
export interface ScannerRead {
  readonly text: string
  readonly source: ScanSource
}

type Take = (scan: ScannerRead) => void

/** Lets a screen take scans itself, such as to search for them. */
export const ScanTarget = createContext<(take: Take) => () => void>(() => () => undefined)

/** While mounted, scans go to this screen instead of the till. */
export function useScanTarget(take: Take): void {
  const register = useContext(ScanTarget)
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => register((scan) => latest.current(scan)), [register])
}

interface ScanTargets {
  /** A scan that the open screen does not take, offered for redeeming. */
  readonly offered: ScannerRead | null
  readonly setOffered: (scan: ScannerRead | null) => void
  /** Passes the scan to the open screen; false when it takes none. */
  readonly take: (scan: ScannerRead) => boolean
  readonly targets: (take: Take) => () => void
}

export function useScanTargets(): ScanTargets {
  const current = useRef<Take | null>(null)
  const [offered, setOffered] = useState<ScannerRead | null>(null)
  const targets = useCallback((take: Take) => {
    current.current = take
    return () => {
      if (current.current === take) current.current = null
    }
  }, [])
  const take = useCallback((scan: ScannerRead) => {
    current.current?.(scan)
    return current.current !== null
  }, [])
  return useMemo(() => ({ offered, setOffered, take, targets }), [offered, take, targets])
}
