import { useCallback, useEffect, useRef, useState } from 'react'
import type { Misread } from '../../../main/contract/counter.ts'
import type { ScanSource } from '../../../main/contract/redemption-view.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { parseYuan } from '../../format/money.ts'
import { type Loudness, playTone } from '../../sounds/tones.ts'

/**
 * All that the page itself has to show at the counter: that a scan is on its way to the main process, or that the main
 * process failed at it. Both end with the next presentation.
 */
export type PageState =
  | { readonly kind: 'reading'; readonly tail: string }
  | { readonly kind: 'fault' }

interface Counter {
  readonly page: PageState | null
  /** What a scan found half typed in the total's field was no amount. */
  readonly isTotalNotTaken: boolean
  /** `typedTotal`: what stands in the total's field; `null` when nobody is typing there. */
  readonly redeem: (payload: string, source: ScanSource, typedTotal?: string | null) => void
  readonly misread: (misread: Misread) => void
  readonly setTotal: (totalFen: number | null) => void
  readonly nextCustomer: () => void
}

/** What a cashier does at the counter. What comes of it, `snapshot.counter` tells. */
export function useCounter({
  counter,
  muted,
  volumePercent,
}: Loudness & Pick<AppSnapshot, 'counter'>): Counter {
  const shown = counter.shown?.presentationNo ?? null
  const [local, setLocal] = useState<(PageState & { readonly before: string | null }) | null>(null)
  const [isTotalNotTaken, setIsTotalNotTaken] = useState(false)
  const turns = useRef(0)
  const current = useRef({ shown, muted, volumePercent })
  useEffect(() => {
    current.current = { shown, muted, volumePercent }
  })

  /** A request that makes a presentation; a scan is said to be read at once, long before its verdict. */
  const present = useCallback(
    (tail: string | null, request: () => Promise<{ readonly ok: boolean }>) => {
      const turn = (turns.current += 1)
      setLocal(tail === null ? null : { kind: 'reading', tail, before: current.current.shown })
      void request().then(({ ok }) => {
        if (turn !== turns.current) return
        setLocal(ok ? null : { kind: 'fault', before: current.current.shown })
      })
    },
    [],
  )

  const setTotal = useCallback((totalFen: number | null) => {
    setIsTotalNotTaken(false)
    void window.till.counter.setTotal({ totalFen })
  }, [])

  // The same functions for ever: what only passes them on is not drawn again with every scan.
  const redeem = useCallback(
    (payload: string, source: ScanSource, typedTotal: string | null = null) => {
      playTone('read', current.current)
      const totalFen = typedTotal === null ? null : parseYuan(typedTotal)
      if (totalFen !== null) setTotal(totalFen)
      setIsTotalNotTaken(typedTotal !== null && totalFen === null)
      present(payload.slice(-4), () => window.till.counter.redeem({ payload, source }))
    },
    [present, setTotal],
  )

  const misread = useCallback(
    (why: Misread) => present(null, () => window.till.counter.misread({ misread: why })),
    [present],
  )

  const nextCustomer = useCallback(() => {
    turns.current += 1
    setLocal(null)
    setIsTotalNotTaken(false)
    void window.till.counter.nextCustomer({})
  }, [])

  // Its presentation has come. Before anything is drawn, so that it costs no drawing of its own.
  if (local !== null && local.before !== shown) setLocal(null)
  return {
    page: local?.before === shown ? local : null,
    isTotalNotTaken,
    redeem,
    misread,
    setTotal,
    nextCustomer,
  }
}
