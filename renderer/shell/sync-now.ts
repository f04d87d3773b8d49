import { useSyncExternalStore } from 'react'
import type { RequestOutput } from '../../main/contract/api.ts'

/** What "settle now" began, and what was known before it. */
export type SyncBegun = RequestOutput<'outbox.syncNow'>

/** As long as somebody looks for what a key did. */
const shownMs = 12_000

const listeners = new Set<() => void>()
let begun: SyncBegun | null = null
let timer: ReturnType<typeof setTimeout> | undefined

function show(next: SyncBegun | null): void {
  begun = next
  for (const listener of listeners) listener()
}

/** Has everything sent that waits, and remembers for a while what that began. */
export async function syncNow(): Promise<void> {
  const reply = await window.till.outbox.syncNow({})
  if (!reply.ok) return
  clearTimeout(timer)
  timer = setTimeout(() => show(null), shownMs)
  show(reply.value)
}

/** Returns what the latest "settle now" began; `null` when that was a while ago. */
export function useSyncBegun(): SyncBegun | null {
  return useSyncExternalStore(subscribe, () => begun)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
