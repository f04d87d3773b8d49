import { useEffect, useState } from 'react'
import type { ServerProgram } from '../../../main/contract/chain.ts'

export interface ServerPrograms {
  /** `null` while they are looked for. */
  readonly found: readonly ServerProgram[] | null
  /** The file of one that will do. */
  readonly chosen: string | null
  readonly choose: (file: string) => void
  /** Opens the file dialog. */
  readonly browse: () => Promise<void>
}

/** The programs for the server that were found on this computer or chosen by hand; the first that will do is chosen. */
export function useServerPrograms(): ServerPrograms {
  const [found, setFound] = useState<readonly ServerProgram[] | null>(null)
  const [picked, setPicked] = useState<string | null>(null)
  useEffect(() => {
    void window.till.chain
      .findProgram({})
      .then((reply) => setFound((known) => [...(known ?? []), ...(reply.ok ? reply.value : [])]))
  }, [])
  const good = (found ?? []).filter(({ fault }) => fault === null).map(({ file }) => file)
  return {
    found,
    chosen: picked !== null && good.includes(picked) ? picked : (good[0] ?? null),
    choose: setPicked,
    async browse() {
      const reply = await window.till.chain.chooseProgram({})
      const chosen = reply.ok ? reply.value : null
      if (chosen === null) return
      setFound((known) => [chosen, ...(known ?? []).filter(({ file }) => file !== chosen.file)])
      setPicked(chosen.file)
    },
  }
}
