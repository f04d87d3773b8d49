import { existsSync } from 'node:fs'
import { createDailyBackups } from '../../backup/daily-backups.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { ShopSettings } from '../../contract/shop-settings.ts'
import type { KeptPreferences } from '../ports.ts'
import { withUpdateAddress } from '../../updates/update-checker.ts'
import { readOrCreateDataKey } from '../../keychain/data-key.ts'
import type { OpenTill } from '../open-till.ts'
import { carryOutShopOrder } from './carry-out-shop-order.ts'
import type { LiveNetwork } from './live-gateway.ts'
import type { LivePlace } from './live-place.ts'
import { openLiveTill } from './open-live-till.ts'
import { planShopOrder } from './plan-shop-order.ts'
import type { ShopOrder, ShopOrderFault, ShopOutcome } from './shop-order.ts'
import { openShopOrderBox } from './shop-order-box.ts'

/** Carries out orders for the shop of a till, whether its window is open or not. */
export interface ShopDesk {
  carryOut(order: ShopOrder): Promise<Result<ShopOutcome, ShopOrderFault>>
}

interface ShopDeskParts {
  readonly place: LivePlace
  readonly network: LiveNetwork
  readonly preferences: KeptPreferences
  /** Tells the program whose window is open that something waits for it; `null` where none is, and none can be opened. */
  readonly tellWindow: (() => void) | null
  readonly onFault: (cause: unknown) => void
}

/** Two writers of one till's records would be two tills: where a window is open, that carries the order out. */
export function createShopDesk(parts: ShopDeskParts): ShopDesk {
  const { place, preferences, tellWindow, onFault } = parts

  async function askWindow(
    order: ShopOrder,
    tell: () => void,
  ): Promise<Result<ShopOutcome, ShopOrderFault>> {
    const dataKey = await readOrCreateDataKey(place.secrets)
    if (!dataKey.ok) return err({ code: 'till-closed', detail: `keychain-${dataKey.error.code}` })
    const { folder, clock } = place
    return openShopOrderBox({ folder, dataKey: dataKey.value, clock }).ask(order, tell)
  }

  async function openHere(): ReturnType<typeof openLiveTill> {
    return openLiveTill({
      place,
      network: parts.network,
      wrapping: () => preferences.get().wrapping,
      isCounterInFront: () => false,
      onForget: () => undefined,
      onFault,
      // Nobody is here to decide about what does not fit: the window asks them.
      mismatches: { takenBy: () => null, foundLater: () => null },
      ownerCheck: { owners: () => [], askInstead: () => undefined },
    })
  }

  return {
    async carryOut(order) {
      const isFresh = place.profiles.get() === null || !existsSync(place.databaseFile)
      if (order.isDryRun && isFresh) return planAnew(order, preferences)
      if (tellWindow !== null) return askWindow(order, tellWindow)
      const opened = await openHere()
      if (!opened.ok) return err({ code: 'till-closed', detail: opened.error.code })
      try {
        return await carryOutHere(order, opened.value, parts)
      } finally {
        await opened.value.close()
      }
    },
  }
}

async function carryOutHere(
  order: ShopOrder,
  { shop, backup }: OpenTill,
  { preferences, place, onFault }: ShopDeskParts,
): Promise<Result<ShopOutcome, ShopOrderFault>> {
  if (backup === null) throw new Error('a live till has backups')
  const backups = createDailyBackups({
    state: {
      get: () => preferences.get().backup,
      set: (state) => preferences.set({ backup: state }),
    },
    source: () => backup,
    clock: place.clock,
    isDaily: false,
    onFault,
  })
  const update = (change: object): void =>
    preferences.set({ updates: { ...preferences.get().updates, ...change } })
  return carryOutShopOrder(order, {
    shop,
    preferences,
    password: backup.password,
    backups,
    updates: {
      setAddress: (address) => update(withUpdateAddress(address)),
      setAutomatic: update,
    },
    prefer: (change) => preferences.set(change),
    saveSettings: async (settings) => shop.saveSettings(settings),
  })
}

/** What an order would change on a computer that is no till yet. */
function planAnew(
  order: ShopOrder,
  preferences: KeptPreferences,
): Result<ShopOutcome, ShopOrderFault> {
  const { backup, updates, ...chosen } = preferences.get()
  const planned = planShopOrder(order, {
    settings: ShopSettings.parse({}),
    staff: [],
    preferences: chosen,
    backupFolder: backup.folder,
    hasThisPassword: false,
    updates,
  })
  if (!planned.ok) return planned
  const { changed, same, leftAlone } = planned.value
  return ok({
    changed: [...changed],
    same,
    leftAlone: [...leftAlone],
    isRecoveryDue: order.staff.length > 0,
    backupFault: null,
  })
}
