import type { Obstacle } from '../contract/obstacle.ts'
import { err, type Result } from '../contract/result.ts'
import { createListeners } from './listeners.ts'
import type { ClosedTill, OpenTill } from './open-till.ts'

/**
 * What stands at this counter: an open till, or the obstacle before it. It can be opened again while the program runs;
 * meanwhile there is neither.
 */
export interface TillHost {
  /** `null` while it is opened again: the till of before is closed, and nothing may be asked of it. */
  current(): Result<OpenTill, ClosedTill> | null
  /** Ends once nothing is being opened: at once, but for the moment of `reopen`. */
  settled(): Promise<void>
  obstacle(): Obstacle | null
  /**
   * Closes what is open, does what can only be done meanwhile, and opens anew: after set-up, or when a person has
   * removed the obstacle.
   */
  reopen(meanwhile?: () => void): Promise<void>
  /** The operating system says that the PC woke up. */
  wokeUp(): void
  /** Called at once after every change at the counter, and when another till was opened. */
  onCounter(listener: () => void): () => void
  /** Called after every change of the till or of what stands here. */
  subscribe(listener: () => void): () => void
  close(): Promise<void>
}

/** Dates move on while nothing else happens: warnings of a certificate's end appear on the day. */
const lookAgainMs = 3_600_000

export async function hostTill(
  openTill: () => Promise<Result<OpenTill, ClosedTill>>,
  onFault: (cause: unknown) => void,
): Promise<TillHost> {
  const { tell: changed, add: subscribe } = createListeners()
  const { tell: counterChanged, add: onCounter } = createListeners()
  let here: Result<OpenTill, ClosedTill> | null = await openTill()
  let leave = enter(here)
  let reopening: Promise<void> | null = null
  const timer = setInterval(changed, lookAgainMs)
  timer.unref()

  function enter(entered: Result<OpenTill, ClosedTill>): () => Promise<void> {
    if (!entered.ok) return async () => undefined
    const open = entered.value
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

  async function reopen(meanwhile?: () => void): Promise<void> {
    const mode = here?.ok === false ? here.error.mode : (here?.value.mode ?? 'live')
    // From here on: a listener of the till that closes would ask it for what it can no longer read.
    here = null
    const close = leave
    leave = async () => undefined
    try {
      await close()
      meanwhile?.()
    } finally {
      here = await openTill().catch((cause: unknown) => {
        onFault(cause)
        return err({ mode, obstacle: 'till-not-opened' as const, certificate: null })
      })
      leave = enter(here)
      counterChanged()
      changed()
    }
  }

  async function settled(): Promise<void> {
    if (!reopening) return
    // That it failed is told to who asked for it. One more may have been asked for meanwhile.
    await reopening.catch(() => undefined)
    await settled()
  }

  return {
    current: () => here,
    settled,
    obstacle() {
      return here?.ok === false ? { code: here.error.obstacle } : null
    },
    reopen(meanwhile) {
      // Who only looks again is served by an opening under way; what is to be done in between waits for its turn.
      if (reopening && !meanwhile) return reopening
      const before = reopening?.catch(() => undefined) ?? Promise.resolve()
      const turn = before.then(() => reopen(meanwhile))
      reopening = turn
      return turn.finally(() => {
        if (reopening === turn) reopening = null
      })
    },
    wokeUp() {
      if (here?.ok) here.value.till.wokeUp()
    },
    onCounter,
    subscribe,
    async close() {
      clearInterval(timer)
      here = null
      await leave()
    },
  }
}
