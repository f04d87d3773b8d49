import { useCallback, useEffect, useState } from 'react'
import type { PosState } from '../../../main/contract/pos.ts'

type Reply = Awaited<ReturnType<typeof window.till.pos.read>>

/** While the screen is open it is asked for once a second: a code runs out, and a POS is paired by somebody else. */
const everyMs = 1000

interface PosLinkState {
  /** `null` until it was read. */
  readonly link: PosState | null
  /** Asks the till for something, and shows what it is then. */
  readonly ask: (request: () => Promise<Reply>) => Promise<void>
}

/** Which POS are paired, and what the link does. */
export function usePosState(): PosLinkState {
  const [link, setLink] = useState<PosState | null>(null)
  const ask = useCallback(async (request: () => Promise<Reply>): Promise<void> => {
    const reply = await request()
    if (reply.ok) setLink(reply.value)
  }, [])
  useEffect(() => {
    const read = (): void => void ask(() => window.till.pos.read({}))
    read()
    const timer = setInterval(read, everyMs)
    return () => {
      clearInterval(timer)
      // Digits that nobody sees any more are good for nobody.
      void window.till.pos.withdraw({})
    }
  }, [ask])
  return { link, ask }
}
