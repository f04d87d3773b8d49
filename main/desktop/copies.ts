import { clipboard } from 'electron'
import type { Clipboard } from '../redemption/discount-copy.ts'

/** The clipboard of the desktop. One after another: what is put must not be taken away by what was to go before it. */
export function createCopies(): Clipboard {
  let working: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = working.then(work)
    working = done.catch(() => undefined)
    return done
  }
  return {
    // Read back: another program may have it open, and then what was there before is still there.
    put: (text) =>
      inTurn(async () => {
        await clipboard.writeText(text)
        return (await clipboard.readText()) === text
      }),
    take: (text) =>
      inTurn(async () => {
        if ((await clipboard.readText()) === text) clipboard.clear()
      }),
  }
}
