import { ScriptedLock } from './scripted-lock.ts'
import { type scriptedShop, shop } from './scripted-shop.ts'
import { noLine, type ScriptedTillOptions } from './scripted-till.ts'

/**
 * Returns the function by which a test opens a till of a shop of several, whose line to WeChat Pay is down. It is called with the
 * answer of the shop's lock, and returns the lock.
 */
export function offlineShop(open: ReturnType<typeof scriptedShop>) {
  return (answer: ScriptedLock['answer'], options: ScriptedTillOptions = {}): ScriptedLock => {
    const lock = new ScriptedLock()
    lock.answer = answer
    open({ shopLock: lock, ...options })
    // WeChat Pay was heard a minute ago.
    shop.store.lastContact.write(shop.now - 60_000)
    shop.restart()
    shop.use = () => noLine
    return lock
  }
}
