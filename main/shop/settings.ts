import { charactersOf } from '../contract/code-template.ts'
import type { CodeWrapping } from '../contract/code-wrapping.ts'
import { ShopSettings } from '../contract/shop-settings.ts'
import type { CodeRules } from '../redemption/coupon-code.ts'
import type { OfflinePolicy } from '../redemption/offline-policy.ts'
import type { SettingsStore } from './ports.ts'

const minuteMs = 60_000

/** The saved settings; the defaults where none were saved. Throws when they do not fit the schema. */
export function readSettings(store: SettingsStore): ShopSettings {
  return ShopSettings.parse(store.read() ?? {})
}

/** What the till may honour without a reply from WeChat Pay, in the units of the domain. */
export function offlinePolicyOf({ offline }: ShopSettings): OfflinePolicy {
  const { open, openFen, singleFen, oldestMinutes, sinceContactMinutes } = offline.limits
  return {
    mode: offline.mode,
    byStock: offline.byStock,
    limits: {
      open,
      openFen,
      singleFen,
      oldestMs: oldestMinutes * minuteMs,
      sinceContactMs: sinceContactMinutes * minuteMs,
    },
  }
}

/** `wrapping` is called for each code, so that a change of it takes effect at once. */
export function codeRulesOf(
  { merchantCodes }: ShopSettings,
  wrapping: () => CodeWrapping,
): CodeRules {
  return {
    merchantCodes: merchantCodes.map(({ template, stockId }) => ({
      pattern: patternOf(template),
      stockId,
    })),
    get unwrap() {
      return wrapping()
    },
  }
}

/** Matches the codes that fit the template from beginning to end. */
function patternOf(template: string): RegExp {
  const parts = Array.from(template, (sign) => {
    const characters = charactersOf(sign)
    return characters === sign ? sign.replace(/[\\/|=-]/, '\\$&') : `[${characters}]`
  })
  return new RegExp(`^${parts.join('')}$`)
}
