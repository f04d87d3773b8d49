import { useCallback, useEffect, useRef, useState } from 'react'
import type { Misread } from '../../../main/contract/counter.ts'
import type { ScanSource } from '../../../main/contract/redemption-view.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { parseYuan } from '../../format/money.ts'
import { type Loudness, playTone } from '../../sounds/tones.ts'

/**
 * What the page itself shows at the counter: that a scan is on its way to the main process, or that the main process
 * failed. Either ends with the next presentation.
 */
export type PageState =
  | { readonly kind: 'reading'; readonly tail: string }
  | { readonly kind: 'fault' }

interface Counter {
  readonly page: PageState | null
  /** Whether a scan found something in the total's field that is no amount. */
  readonly isTotalInvalid: boolean
  /** `typedTotal`: the content of the total's field; `null` when nobody is typing there. */
  readonly redeem: (payload: string, source: ScanSource, typedTotal?: string | null) => void
  readonly misread: (misread: Misread) => void
  readonly setTotal: (totalFen: number | null) => void
  readonly nextCustomer: () => void
}

/** What a cashier can do at the counter. The result comes with `snapshot.counter`. */
export function useCounter({
  counter,
  muted,
  volumePercent,
}: Loudness & Pick<AppSnapshot, 'counter'>): Counter {
  const shown = counter.shown?.presentationNo ?? null
  const [local, setLocal] = useState<(PageState & { readonly before: string | null }) | null>(null)
  const [isTotalInvalid, setIsTotalInvalid] = useState(false)
  const turns = useRef(0)
  const current = useRef({ shown, muted, volumePercent })
  useEffect(() => {
    current.current = { shown, muted, volumePercent }
  })

  /** Sends a request that makes a presentation. The page shows "reading" at once, long before the verdict. */
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
    setIsTotalInvalid(false)
    void window.till.counter.setTotal({ totalFen })
  }, [])

  // These callbacks never change, so that components which only pass them on are not redrawn with every scan.
  const redeem = useCallback(
    (payload: string, source: ScanSource, typedTotal: string | null = null) => {
      const totalFen = typedTotal === null ? null : parseYuan(typedTotal)
      if (totalFen !== null) setTotal(totalFen)
      setIsTotalInvalid(typedTotal !== null && totalFen === null)
      present(payload.slice(-4), () => window.till.counter.redeem({ payload, source }))
      // Behind the request, because the first tone of a page waits for the sound system.
      playTone('read', current.current)
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
    setIsTotalInvalid(false)
    void window.till.counter.nextCustomer({})
  }, [])

  // The presentation has come. Reset while rendering, which saves a second draw.
  if (local !== null && local.before !== shown) setLocal(null)
  return {
    page: local?.before === shown ? local : null,
    isTotalInvalid,
    redeem,
    misread,
    setTotal,
    nextCustomer,
  }
}
