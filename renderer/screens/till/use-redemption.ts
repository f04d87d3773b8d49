import { useRef, useState } from 'react'
import type { Sound } from '../../../main/contract/appearance.ts'
import type { ScanSource, Verdict } from '../../../main/contract/snapshot.ts'
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
  readonly rejectScan: (why: RejectReason) => void
  readonly clear: () => void
}

const playTone = createTonePlayer()

/** One scan at a time on the big panel; a scan that was overtaken shows its verdict in the list below alone. */
export function useRedemption(sound: Sound): Redemption {
  const [view, setView] = useState<TillView>({ kind: 'idle' })
  const latest = useRef(0)

  return {
    view,
    redeem(payload, source) {
      const turn = (latest.current += 1)
      playTone('read', sound)
      setView({ kind: 'reading', tail: payload.slice(-4) })
      void window.till.redeem({ payload, source }).then((reply) => {
        if (turn !== latest.current) return
        playTone(reply.ok ? reply.value.tone : 'red', sound)
        setView(reply.ok ? { kind: 'verdict', verdict: reply.value } : { kind: 'fault' })
      })
    },
    // A verdict still on its way comes up afterwards: the misread scan was not that coupon's.
    rejectScan(why) {
      playTone('red', sound)
      setView({ kind: 'rejected-scan', why })
    },
    clear() {
      latest.current += 1
      setView({ kind: 'idle' })
    },
  }
}
