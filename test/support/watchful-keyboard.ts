import { setTimeout as delay } from 'node:timers/promises'
import { calmPage, heardScan } from './key-log.ts'
import type { TillApp } from './till-app.ts'
import type { XKeyboard } from './x-keyboard.ts'

/** How long a change of the focus may take on a busy machine, ms. */
const focusMs = 40_000
const lookAgainMs = 50

/** Keys of a scan got lost on their way to the till. */
export class ScanLost extends Error {}

/**
 * A keyboard of a person who looks up before they scan or type, and sees whether the till has heard it: waits until a window has the
 * keyboard and, where that is one of these tills, until its page has drawn what it shows. A scan that did not arrive there is an error
 * of its own, so that no test takes it for a wrong verdict; what arrives through an input method is for the test to say.
 */
export function watchfulKeyboard(keyboard: XKeyboard, tills: readonly TillApp[]): XKeyboard {
  /** Returns the till whose page gets the keys, with its clock; `null`: another program does, or the page is hung. */
  async function ready(): Promise<{ readonly till: TillApp; readonly at: number } | null> {
    const inFront = await settled(keyboard)
    const till = tills.findLast(({ processId }) => processId === inFront)
    if (till === undefined) return null
    const at = await calmPage(till.page)
    return at === null ? null : { till, at }
  }
  return {
    ...keyboard,
    async scan(code, msPerKey) {
      const to = await ready()
      await keyboard.scan(code, msPerKey)
      if (to?.till.hasInputMethod === true) return
      const heard = to === null ? null : await heardScan(to.till.page, to.at)
      if (heard === null || (heard.isWhole && heard.keys > code.length)) return
      const inFront = await keyboard.inFront()
      throw new ScanLost(
        `The scan of ${code} did not arrive: of its ${code.length + 1} keys the till's page heard ${heard.keys}. ` +
          `The till is process ${to?.till.processId}; in front is ${inFront ?? 'no window'}.`,
      )
    },
    async type(digits) {
      await ready()
      await keyboard.type(digits)
    },
    async play(strokes) {
      await ready()
      await keyboard.play(strokes)
    },
    async press(...keys) {
      await ready()
      await keyboard.press(...keys)
    },
  }
}

async function settled(keyboard: XKeyboard): Promise<number> {
  for (const since = performance.now(); performance.now() - since < focusMs;) {
    const inFront = await keyboard.inFront()
    if (inFront !== null) return inFront
    await delay(lookAgainMs)
  }
  throw new Error('No window has the keyboard: what is typed now would get lost.')
}
