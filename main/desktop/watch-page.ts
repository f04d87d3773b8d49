import type { WebContents } from 'electron'

const everyMs = 200
/**
 * A page that does not reply for so long is taken to hang: with the times between looks, and half a second to load it anew, it is
 * back within two seconds. On a machine that is late with this very timer, for longer.
 */
const hungMs = 1100
const perLateness = 4
/**
 * A page whose script runs on and on uses a core. One that has had less than this share of the time on a processor is kept from running by
 * other programs, and is given this many times as long; a loop gets there sooner on any machine.
 */
const shareOfLoop = 0.7
const perStarvation = 8
/** So long after the last key or change it is asked: a till at rest costs nothing, and its next key begins anew. */
const activeMs = 10_000
/** A page that hung and was loaded anew may be a slow one: from then on it is given more time. */
const longestMs = 30_000
/** The page's own scripts do not run in it. */
const worldId = 7

interface PageWatch {
  /** A key was pressed, or something changed that the page shows. */
  touch(): void
  stop(): void
}

interface PageClocks {
  /** Monotonic, ms. */
  now(): number
  /** How long the page's process has run on a processor so far, ms; `null` where the system does not say. */
  cpu(): number | null
}

/**
 * While somebody works, asks the page five times a second whether it still runs, and calls `onHung` when it does not: Chromium itself says so after half a
 * minute, and by then a queue stands at the till.
 */
export function watchPage(
  contents: Pick<WebContents, 'executeJavaScriptInIsolatedWorld' | 'isDestroyed' | 'isLoading'>,
  onHung: () => void,
  clocks: PageClocks,
): PageWatch {
  let patienceMs = hungMs
  let askedAt: number | null = null
  let lastTick = clocks.now()
  let touchedAt = lastTick
  let timer: NodeJS.Timeout | null = null
  /** How late this timer was, in all, since the page was asked. */
  let lateMs = 0
  /** When it was first seen not to have replied: a page that replies costs no look at its process. */
  let cpuBefore: number | null = null

  function ask(): void {
    const at = clocks.now()
    askedAt = at
    lateMs = 0
    cpuBefore = null
    const answered = (): void => {
      if (askedAt === at) askedAt = null
    }
    // A page that went meanwhile rejects; its end is told elsewhere.
    contents.executeJavaScriptInIsolatedWorld(worldId, [{ code: '0' }]).then(answered, answered)
  }

  function look(): void {
    const now = clocks.now()
    if (now - touchedAt > activeMs && askedAt === null) return rest()
    lateMs += Math.max(0, now - lastTick - everyMs)
    lastTick = now
    if (contents.isDestroyed()) return
    if (contents.isLoading()) {
      askedAt = null
      return
    }
    if (askedAt === null) return ask()
    const waitedMs = now - askedAt
    cpuBefore ??= clocks.cpu()
    if (waitedMs < patienceMs + perLateness * lateMs) return
    if (waitedMs < patienceMs * perStarvation && isStarved()) return
    askedAt = null
    patienceMs = Math.min(longestMs, patienceMs * 2)
    onHung()
  }

  function isStarved(): boolean {
    const cpu = clocks.cpu()
    // A process that took the page's place has a count of its own.
    if (cpu === null || cpuBefore === null || cpu < cpuBefore) return false
    return cpu - cpuBefore < patienceMs * shareOfLoop
  }

  function rest(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
  }

  function touch(): void {
    touchedAt = clocks.now()
    if (timer !== null) return
    lastTick = touchedAt
    timer = setInterval(look, everyMs)
  }

  touch()
  return { touch, stop: rest }
}
