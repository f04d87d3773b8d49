import type { Page } from '@playwright/test'
import { setTimeout as sleep } from 'node:timers/promises'
import { standardCode } from '../corpus/codes.ts'
import { seeded } from '../corpus/random.ts'
import type { XKeyboard } from '../../support/x-keyboard.ts'

declare global {
  interface Window {
    /** Milliseconds from each Enter to the frame that shows its verdict. */
    verdictTimes: number[]
    /** Milliseconds from each Enter to the frame that shows that a code was read. */
    readTimes: number[]
  }
}

/** Watches a page from its start. It listens before the page does, because the page hides a scan's Enter. */
export async function watchVerdicts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.verdictTimes = []
    window.readTimes = []
    let enterAt: number | null = null
    let isUnread = false
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Enter') return
        enterAt = event.timeStamp
        isUnread = true
      },
      { capture: true },
    )
    const afterFrame = (times: number[]): void => {
      const pressedAt = enterAt ?? 0
      const channel = new MessageChannel()
      // The task after the frame's callbacks runs when the frame is on its way to the screen.
      channel.port1.addEventListener('message', () => {
        times.push(performance.now() - pressedAt)
        channel.port1.close()
      })
      channel.port1.start()
      requestAnimationFrame(() => channel.port2.postMessage(null))
    }
    const onChange = (): void => {
      const tone = document.querySelector<HTMLElement>('[data-testid=verdict]')?.dataset['tone']
      if (enterAt === null || tone === 'idle') return
      if (isUnread) afterFrame(window.readTimes)
      isUnread = false
      if (tone === 'busy') return
      afterFrame(window.verdictTimes)
      enterAt = null
    }
    new MutationObserver(onChange).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
    })
  })
  await page.reload()
  await page.getByTestId('verdict').waitFor()
}

const lookMs = 50

/** Scans unknown codes, `restMs` apart, and returns the times. */
export async function timeVerdicts(
  page: Page,
  keyboard: XKeyboard,
  scans: number,
  restMs: number,
): Promise<{ readonly read: number[]; readonly verdict: number[] }> {
  const random = seeded(40)
  let refused = 0
  for (let at = 0; at < scans;) {
    await keyboard.scan(standardCode(random), 2)
    // Looking at each frame would be work of its own for a slow processor.
    const ended = await page.waitForFunction(
      (count) => {
        if (window.verdictTimes.length > count) return 'verdict'
        return document.querySelector('[data-testid=verdict][data-reason=misread]') && 'misread'
      },
      at,
      { polling: lookMs },
    )
    if ((await ended.jsonValue()) === 'verdict') at += 1
    else refused += 1
    // Behind a refused scan the next would be taken for its rest.
    await sleep(refused > 0 ? Math.max(restMs, 300) : restMs)
  }
  if (refused > 0) console.log(`${refused} scans were refused, because the machine was busy`)
  return page.evaluate(() => ({ read: window.readTimes, verdict: window.verdictTimes }))
}
