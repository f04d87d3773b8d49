import { useCallback, useEffect, useRef, useState } from 'react'
import type { ChainFault, ChainSetup } from '../../../main/contract/chain.ts'

type Reply = Awaited<ReturnType<typeof window.till.chain.leave>>
export type ShownFault = ChainFault['code'] | 'failed'

/** A code runs out, a till joins, another one is switched on: while the screen is open it is asked for once a second. */
const everyMs = 1000

export interface ChainAsking {
  /** `null` until it was read. */
  readonly setup: ChainSetup | null
  readonly isUnreadable: boolean
  readonly isBusy: boolean
  /** Why the last order was not carried out. */
  readonly fault: ShownFault | null
  /** Carries an order out and shows what the shop is then. Returns whether it was. */
  readonly ask: (order: () => Promise<Reply>) => Promise<boolean>
  readonly tell: (fault: ShownFault | null) => void
}

/** How this till stands with its shop, and the orders about that. */
export function useChainSetup(): ChainAsking {
  const [setup, setSetup] = useState<ChainSetup | null>(null)
  const [isUnreadable, setIsUnreadable] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<ShownFault | null>(null)
  /** An answer that was asked for before an order tells of the time before it. */
  const orders = useRef(0)
  useEffect(() => {
    const read = (): void => {
      const asked = orders.current
      void window.till.chain.read({}).then((reply) => {
        if (asked !== orders.current) return
        setIsUnreadable(!reply.ok)
        if (reply.ok) setSetup(reply.value)
      })
    }
    read()
    const timer = setInterval(read, everyMs)
    return () => {
      clearInterval(timer)
      // A code that nobody sees any more is good for nobody.
      void window.till.chain.withdrawCode({})
    }
  }, [])
  const ask = useCallback(async (order: () => Promise<Reply>): Promise<boolean> => {
    orders.current += 1
    setIsBusy(true)
    setFault(null)
    const reply = await order()
    orders.current += 1
    setIsBusy(false)
    if (!reply.ok) setFault('failed')
    else if (!reply.value.ok) setFault(reply.value.error.code)
    else setSetup(reply.value.value)
    return reply.ok && reply.value.ok
  }, [])
  return { setup, isUnreadable, isBusy, fault, ask, tell: setFault }
}
