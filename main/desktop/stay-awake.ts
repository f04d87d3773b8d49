import { powerSaveBlocker } from 'electron'
import type { Engine } from '../engine/start-engine.ts'

/** Keeps the screen on while a shift is open: a customer must not wait for a computer to wake up. Returns what ends that. */
export function stayAwakeInShifts(engine: Pick<Engine, 'snapshot' | 'subscribe'>): () => void {
  let blocker: number | null = null
  const end = (): void => {
    if (blocker !== null) powerSaveBlocker.stop(blocker)
    blocker = null
  }
  const follow = (): void => {
    const isOpen = (engine.snapshot()?.shift.current ?? null) !== null
    if (!isOpen) end()
    else blocker ??= powerSaveBlocker.start('prevent-display-sleep')
  }
  follow()
  const stop = engine.subscribe(follow)
  return () => {
    stop()
    end()
  }
}
