import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { ScanSource } from '../../main/contract/redemption-view.ts'

/** What a scanner read, whichever way it is connected. */
export interface Read {
  readonly text: string
  readonly source: ScanSource
}

type Take = (scan: Read) => void

/** Where a screen says that it has a use for scans of its own, such as to search for them. */
export const ScanTarget = createContext<(take: Take) => () => void>(() => () => undefined)

/** While it is mounted, scans go to this screen and not to the till. */
export function useScansHere(take: Take): void {
  const register = useContext(ScanTarget)
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => register((scan) => latest.current(scan)), [register])
}

interface ScanTargets {
  /** A scan that this screen had no use for. */
  readonly offered: Read | null
  readonly setOffered: (scan: Read | null) => void
  /** Gives the scan to the screen; false when it wants none. */
  readonly take: (scan: Read) => boolean
  readonly targets: (take: Take) => () => void
}

export function useScanTargets(): ScanTargets {
  const current = useRef<Take | null>(null)
  const [offered, setOffered] = useState<Read | null>(null)
  const targets = useCallback((take: Take) => {
    current.current = take
    return () => {
      if (current.current === take) current.current = null
    }
  }, [])
  const take = useCallback((scan: Read) => {
    current.current?.(scan)
    return current.current !== null
  }, [])
  return useMemo(() => ({ offered, setOffered, take, targets }), [offered, take, targets])
}
