import { type RefObject, useEffect, useRef } from 'react'
import type { CounterView } from '../../main/contract/counter.ts'

/** Keeps the redemption that the till screen shows; `null` while another screen is open. */
export function useCouponInSight(
  isTillShown: boolean,
  { shown }: CounterView,
): RefObject<string | null> {
  const useRequestNo = shown?.verdict?.redemption?.useRequestNo ?? null
  // In a ref, so that what only opens screens is not redrawn with every scan.
  const inSight = useRef<string | null>(null)
  useEffect(() => {
    inSight.current = isTillShown ? useRequestNo : null
  })
  return inSight
}
