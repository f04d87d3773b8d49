import type { Page } from '@playwright/test'

/** One key event, or one change of the window's focus, as a page got it; times in ms of the page's clock. */
export interface Heard {
  readonly type: string
  /** When the system saw it. */
  readonly at: number
  /** When the page got it. */
  readonly heardAt: number
  readonly code: string
  readonly key: string
  /** Whether the scanner kept it from the page. */
  readonly withheld: boolean
}

declare global {
  interface Window {
    /** What a test has the page record; the latest last. */
    heardKeys?: Heard[]
  }
}

/** A page that is busy for longer is hung, ms. */
const hungMs = 5000
/** On a busy machine a page hears of a scan so late, ms, and one that never comes is missed all the same. */
const arrivalMs = 15_000

/**
 * Has the page record what it hears of keys and focus, so that a scan that was not read can be told from one that never
 * arrived.
 */
export async function recordKeys(page: Page): Promise<void> {
  await page.addInitScript(record)
  await page.evaluate(record)
}

/** Returns all that the page has heard since it was loaded; nothing where it is gone or hangs. */
export async function heardKeys(page: Page): Promise<readonly Heard[]> {
  return (await unlessHung(page.evaluate(() => window.heardKeys ?? []))) ?? []
}

/**
 * Waits until the page has nothing left to draw or to run for the moment; a window that was just opened has, and what is typed then is
 * heard late and unevenly. Resolves to the time, by the page's clock; to `null` where the page is gone or hangs.
 */
export function calmPage(page: Page): Promise<number | null> {
  return unlessHung(
    page.evaluate(
      (longestMs) =>
        new Promise<number>((resolve) => {
          const startedAt = performance.now()
          let calm = 0
          const look = (deadline: IdleDeadline): void => {
            calm = deadline.timeRemaining() > 5 ? calm + 1 : 0
            const isOver = calm === 3 || performance.now() - startedAt > longestMs
            if (isOver) resolve(performance.now())
            else requestAnimationFrame(() => requestIdleCallback(look))
          }
          requestIdleCallback(look)
        }),
      hungMs / 2,
    ),
  )
}

/**
 * Waits until the page has heard the release of an Enter since `since`. Resolves to how many keys it has heard go down since then, and
 * whether that Enter came; to `null` where the page is gone or hangs.
 */
export function heardScan(
  page: Page,
  since: number,
): Promise<{ readonly keys: number; readonly isWhole: boolean } | null> {
  return unlessHung(
    page.evaluate(
      async ([from, longestMs]) => {
        const isSince = ({ heardAt }: Heard): boolean => heardAt >= from
        const isEnd = (each: Heard): boolean =>
          isSince(each) && each.type === 'keyup' && each.key === 'Enter'
        const isWhole = (): boolean => window.heardKeys?.some(isEnd) === true
        while (!isWhole() && performance.now() - from < longestMs)
          await new Promise((resolve) => setTimeout(resolve, 10))
        const heard = (window.heardKeys ?? []).filter(isSince)
        const keys = heard.filter(({ type, key }) => type === 'keydown' && key !== 'Shift')
        return { keys: keys.length, isWhole: isWhole() }
      },
      [since, arrivalMs] as const,
    ),
    arrivalMs + hungMs,
  )
}

function unlessHung<T>(asked: Promise<T>, ms = hungMs): Promise<T | null> {
  const hung = new Promise<null>((resolve) => setTimeout(() => resolve(null), ms).unref())
  // A page that goes away, or is loaded anew, gives no result.
  return Promise.race([asked.catch(() => null), hung])
}

/** Runs in the page. */
function record(): void {
  if (window.heardKeys !== undefined) return
  const heard: Heard[] = []
  window.heardKeys = heard
  const note = (event: Event, withheld: boolean): void => {
    if (!event.isTrusted) return
    const [code, key] = event instanceof KeyboardEvent ? [event.code, event.key] : ['', '']
    const heardAt = performance.now()
    heard.push({ type: event.type, at: event.timeStamp, heardAt, code, key, withheld })
    if (heard.length > 4000) heard.splice(0, 2000)
  }
  // The till's scanner listens before this and stops what it withholds from the page: that is noted where it does.
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the event as `this`
  const stop = KeyboardEvent.prototype.stopImmediatePropagation
  KeyboardEvent.prototype.stopImmediatePropagation = function stopAndNote(this: KeyboardEvent) {
    note(this, true)
    stop.call(this)
  }
  for (const type of ['keydown', 'keyup'])
    window.addEventListener(type, (event) => note(event, false), { capture: true })
  for (const type of ['focus', 'blur'])
    window.addEventListener(type, (event) => event.target === window && note(event, false), true)
}
