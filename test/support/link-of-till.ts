import type { Page } from '@playwright/test'
import type { PosSettings } from '../../main/contract/pos.ts'
import type { ShopSettings } from '../../main/contract/shop-settings.ts'

interface Wanted extends Partial<Omit<ShopSettings, 'pos'>> {
  readonly pos: Pick<PosSettings, 'port' | 'origins'>
}

/** Switches the link of a till on, as its settings screen does. Throws where it does not listen then. */
export async function switchLinkOn(page: Page, wanted: Wanted): Promise<void> {
  const listening = await page.evaluate(async ({ pos, ...others }) => {
    const settings = await window.till.settings.read({})
    if (!settings.ok) return settings.error.code
    const saved = await window.till.settings.save({
      ...settings.value,
      ...others,
      pos: { ...pos, isOn: true },
    })
    if (!saved.ok) return saved.error.code
    for (;;) {
      const link = await window.till.pos.read({})
      if (!link.ok) return link.error.code
      const { listening: state } = link.value
      if (state !== 'off' && state !== 'starting') return state
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }, wanted)
  if (listening !== 'on') throw new Error(`the link of the till: ${listening}`)
}
