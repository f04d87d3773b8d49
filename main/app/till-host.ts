import type { Obstacle } from '../contract/obstacle.ts'
import { err, type Result } from '../contract/result.ts'
import { createListeners } from '../redemption/listeners.ts'
import type { ClosedTill, OpenTill } from './open-till.ts'

/** Holds the till of this computer, or the obstacle before it, and opens it anew while the program runs. */
export interface TillHost {
  /** The open till, or why there is none; `null` while the till is being opened anew. */
  current(): Result<OpenTill, ClosedTill> | null
  /** Resolves once no till is being opened, which is at once except during `reopen`. Never rejects. */
  settled(): Promise<void>
  /** `null` while a till is open, or being opened. */
  obstacle(): Obstacle | null
  /**
   * Closes the till, runs `meanwhile`, and opens the till anew: after set-up, or after a person has removed an obstacle.
   * Rejects when closing or `meanwhile` throws, and opens the till all the same.
   */
  reopen(meanwhile?: () => void | Promise<void>): Promise<void>
  /** To be called when the computer woke up. */
  wokeUp(): void
  /** Calls the listener at once after every change of the counter, and when another till was opened. */
  onCounter(listener: () => void): () => void
  /** Calls the listener after every change of the till, and when another till or obstacle took its place. */
  subscribe(listener: () => void): () => void
  close(): Promise<void>
}

/** Listeners are called this often without a change too, so that warnings which depend on the date appear in time. */
const refreshMs = 3_600_000

/**
 * Opens the till; rejects when that throws. What opening throws later, in `reopen`, goes to `onFault`, and the till is
 * then closed with the obstacle `till-not-opened`.
 */
export async function hostTill(
  openTill: () => Promise<Result<OpenTill, ClosedTill>>,
  onFault: (cause: unknown) => void,
): Promise<TillHost> {
  const { tell: changed, add: subscribe } = createListeners()
  const { tell: counterChanged, add: onCounter } = createListeners()
  let present: Result<OpenTill, ClosedTill> | null = await openTill()
  let close = start(present)
  let reopening: Promise<void> | null = null
  const timer = setInterval(changed, refreshMs)
  timer.unref()

  /** Starts an open till and returns the function that closes it. */
  function start(opened: Result<OpenTill, ClosedTill>): () => Promise<void> {
    if (!opened.ok) return async () => undefined
    const open = opened.value
    const unsubscribe = [
      open.till.subscribe(changed),
      open.till.onCounter(() => counterChanged()),
      open.shop.subscribe(changed),
    ]
    open.till.start()
    return async () => {
      for (const stop of unsubscribe) stop()
      await open.close()
    }
  }

  async function reopen(meanwhile?: () => void | Promise<void>): Promise<void> {
    const mode = present?.ok === false ? present.error.mode : (present?.value.mode ?? 'live')
    // Before the till closes, as listeners are called while it does, and must not ask it for what it can no longer read.
    present = null
    const closePresent = close
    close = async () => undefined
    try {
      await closePresent()
      await meanwhile?.()
    } finally {
      present = await openTill().catch((cause: unknown) => {
        onFault(cause)
        return err({ mode, code: 'till-not-opened' as const, owners: [], certificate: null })
      })
      close = start(present)
      counterChanged()
      changed()
    }
  }

  async function settled(): Promise<void> {
    if (!reopening) return
    // A rejection is for the caller of `reopen`, which may have been called again in the meantime.
    await reopening.catch(() => undefined)
    await settled()
  }

  return {
    current: () => present,
    settled,
    obstacle() {
      if (present?.ok !== false) return null
      const { code, owners, decommissioned = null } = present.error
      return { code, owners: [...owners], decommissioned }
    },
    reopen(meanwhile) {
      // A caller without `meanwhile` shares the reopening that is under way. One with it needs another, after that.
      if (reopening && !meanwhile) return reopening
      const earlier = reopening?.catch(() => undefined) ?? Promise.resolve()
      const own = earlier.then(() => reopen(meanwhile))
      reopening = own
      return own.finally(() => {
        if (reopening === own) reopening = null
      })
    },
    wokeUp() {
      if (present?.ok) present.value.till.wokeUp()
    },
    onCounter,
    subscribe,
    async close() {
      clearInterval(timer)
      present = null
      await close()
    },
  }
}
