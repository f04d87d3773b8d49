import { useEffect } from 'react'

/**
 * Tells the main process whether the counter is in front. Behind another screen a verdict is seen by nobody: it must not
 * count as told, nor be taken for the next coupon's afterwards.
 */
export function useCounterInFront(isInFront: boolean): void {
  useEffect(() => void window.till.counter.setInFront({ isInFront }), [isInFront])
}
