import type { CopyDiscount, DiscountCopyView } from '../contract/copy-discount.ts'
import type { CounterView } from '../contract/counter.ts'
import type { Language } from '../contract/language.ts'
import { type Clipboard, DiscountCopy } from '../redemption/discount-copy.ts'
import { wordsHere } from '../words-here.ts'
import type { OpenTill } from './open-till.ts'
import { systemScheduler } from './system-scheduler.ts'

interface DiscountDeskParts {
  readonly till: () => OpenTill | null
  readonly counter: () => CounterView
  readonly clipboard: Clipboard
  readonly language: () => Language
  readonly onChanged: () => void
  readonly onFault: (cause: unknown) => void
}

/** What of the open till's counter is in the clipboard. Settings are read when a till is opened, like all others. */
export interface DiscountDesk {
  view(): DiscountCopyView | null
  copy(): void
  /** The counter, or the till, has changed. */
  changed(): void
  close(): Promise<void>
}

const off: CopyDiscount = { when: 'never', pattern: '{amount}' }

export function createDiscountDesk(parts: DiscountDeskParts): DiscountDesk {
  const { till, counter, clipboard, language, onChanged, onFault } = parts
  let known: OpenTill | null = null
  let copying = begin(null)

  function begin(open: OpenTill | null): DiscountCopy {
    const settings = open?.shop.settings().copyDiscount ?? off
    const isReal = open?.mode === 'live'
    const practice = isReal ? null : wordsHere(language()).copy.practice
    const scheduler = systemScheduler
    const made = { settings, practice, clipboard, scheduler, onChanged, onFault }
    return new DiscountCopy(made, counter())
  }

  return {
    view: () => copying.view(),
    copy: () => copying.copy(),
    changed() {
      const open = till()
      if (open === known) return copying.counterIs(counter())
      known = open
      void copying.stop()
      copying = begin(open)
    },
    close: () => copying.stop(),
  }
}
