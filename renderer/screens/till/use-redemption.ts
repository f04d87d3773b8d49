import { useCallback, useEffect, useRef, useState } from 'react'
import type { Sound } from '../../../main/contract/appearance.ts'
import type { RedemptionView, ScanSource } from '../../../main/contract/redemption-view.ts'
import type { Verdict } from '../../../main/contract/counter.ts'
import type { RejectReason } from '../../scanner/decision.ts'
import { createTonePlayer } from '../../sounds/tones.ts'

/** What the big panel shows: waiting for a scan, one under way, its verdict, or a scan that was no scan. */
export type TillView =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly tail: string }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'rejected-scan'; readonly why: RejectReason }
  | { readonly kind: 'fault' }

interface Redemption {
  readonly view: TillView
  readonly redeem: (payload: string, source: ScanSource) => void
  /** Somebody with the right to gives the goods although nothing is confirmed. */
  readonly honoured: (redemption: RedemptionView) => void
  readonly rejectScan: (why: RejectReason) => void
  readonly clear: () => void
}

const playTone = createTonePlayer()

interface UseRedemption {
  readonly sound: Sound
  /** The order's total that the next coupon is for. */
  readonly totalFen: number | null
  /** That total was used. */
  readonly onSent: () => void
}

/** One scan at a time on the big panel; a scan that was overtaken shows its verdict in the list below alone. */
export function useRedemption(options: UseRedemption): Redemption {
  const [view, setView] = useState<TillView>({ kind: 'idle' })
  const latest = useRef(0)
  const current = useRef(options)
  useEffect(() => {
    current.current = options
  })

  // The same functions for ever: what only passes them on is not drawn again with every scan.
  const redeem = useCallback((payload: string, source: ScanSource) => {
    const { sound, totalFen, onSent } = current.current
    const turn = (latest.current += 1)
    playTone('read', sound)
    setView({ kind: 'reading', tail: payload.slice(-4) })
    onSent()
    void window.till.redeem({ payload, source, totalFen }).then((reply) => {
      if (turn !== latest.current) return
      playTone(reply.ok ? reply.value.tone : 'red', current.current.sound)
      setView(reply.ok ? { kind: 'verdict', verdict: reply.value } : { kind: 'fault' })
    })
  }, [])

  const honoured = useCallback((redemption: RedemptionView) => {
    setView((shown) =>
      shown.kind === 'verdict' && shown.verdict.redemption?.useRequestNo === redemption.useRequestNo
        ? {
            kind: 'verdict',
            verdict: { ...shown.verdict, honour: true, offline: undefined, redemption },
          }
        : shown,
    )
  }, [])

  // A verdict still on its way comes up afterwards: the misread scan was not that coupon's.
  const rejectScan = useCallback((why: RejectReason) => {
    playTone('red', current.current.sound)
    setView({ kind: 'rejected-scan', why })
  }, [])

  const clear = useCallback(() => {
    latest.current += 1
    setView({ kind: 'idle' })
  }, [])

  return { view, redeem, honoured, rejectScan, clear }
}
