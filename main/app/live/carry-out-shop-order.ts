import type { BackupPassword } from '../../backup/backup-password.ts'
import { openEscrow } from '../../backup/key-escrow.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { ShopSettings } from '../../contract/shop-settings.ts'
import type { BackupFault } from '../../contract/upkeep.ts'
import type { UpdateState } from '../../contract/updates.ts'
import type { Shop } from '../../shop/shop.ts'
import type { Application, KeptPreferences } from '../ports.ts'
import { planShopOrder, type ShopPlan } from './plan-shop-order.ts'
import { resetOwner } from './reset-owner.ts'
import type { ShopOrder, ShopOrderFault, ShopOutcome } from './shop-order.ts'

/** The orders of the window that an order for the shop is carried out with. */
export interface ShopOrderParts {
  readonly shop: Pick<Shop, 'staff' | 'session' | 'settings' | 'record' | 'recovery'>
  readonly preferences: Pick<KeptPreferences, 'get'>
  readonly password: BackupPassword
  readonly backups: {
    setFolder(folder: string): void
    make(): Promise<Result<string, BackupFault>>
  }
  readonly updates: Pick<Application['updates'], 'setAddress' | 'setAutomatic'>
  readonly prefer: Application['prefer']
  /** Called last: a window opens the till anew with it. */
  readonly saveSettings: (settings: ShopSettings) => Promise<void>
}

/** Writes into the audit trail which part of the file was carried out, with the fields that a request of the page would leave there. */
type RecordPart = (part: string, input: Readonly<Record<string, unknown>>) => void

/** Who did it: a file, confirmed by the owner who is named after it. */
const byFile = 'hexiao-till provision'

/**
 * Makes the shop as the order wants it, and returns what that changed. It is checked whole first: where that fails nothing
 * was written. Each change is made by the orders of the window. Run again after it was interrupted, it does the rest.
 */
export async function carryOutShopOrder(
  order: ShopOrder,
  parts: ShopOrderParts,
): Promise<Result<ShopOutcome, ShopOrderFault>> {
  const { shop, preferences } = parts
  const { backup, updates, ...chosen } = preferences.get()
  const planned = planShopOrder(order, {
    settings: shop.settings(),
    staff: shop.session.view().staff,
    preferences: chosen,
    backupFolder: backup.folder,
    hasThisPassword: await isThisPassword(order.backup.password, parts.password),
    updates,
  })
  if (!planned.ok) return planned
  const { resetOwner: forgot, isDryRun } = order
  const reset = forgot === null || isDryRun ? ok([]) : await resetOwner(forgot, shop)
  if (!reset.ok) return reset
  const done = isDryRun ? ok(null) : await carryOut(planned.value, order, parts)
  if (!done.ok) return done
  const { changed, same, leftAlone } = planned.value
  const { staff, recovery } = shop.session.view()
  const isOwnerThere = [...staff, ...planned.value.staff].some(({ role }) => role === 'owner')
  return ok({
    changed: [...reset.value, ...changed],
    same,
    leftAlone: [...leftAlone],
    isRecoveryDue: isOwnerThere && !recovery.exists,
    backupFault: done.value,
  })
}

/** Returns why the first backup into a new folder was not made. */
async function carryOut(
  plan: ShopPlan,
  { by, backup }: ShopOrder,
  parts: ShopOrderParts,
): Promise<Result<BackupFault['code'] | null, ShopOrderFault>> {
  const { shop } = parts
  const record: RecordPart = (part, input) =>
    shop.record({
      event: 'ordered',
      by: by === '-' ? byFile : `${byFile} / ${by}`,
      request: `provision.${part}`,
      input,
    })
  for (const form of plan.staff) {
    const { id, name, role } = form
    record('staff', { id, name, role })
    const saved = await shop.staff.save(form)
    if (!saved.ok) return err({ code: 'interrupted', detail: `${name}: ${saved.error.code}` })
  }
  if (plan.setsPassword && backup.password !== null) {
    record('backup', { password: 'set' })
    const set = await parts.password.set(backup.password)
    if (!set.ok) return err({ code: 'password-not-kept', detail: set.error.code })
  }
  if (plan.setsFolder && backup.folder !== null) {
    record('backup', { folder: backup.folder })
    parts.backups.setFolder(backup.folder)
  }
  if (plan.updates !== null) changeUpdates(plan.updates, parts, record)
  if (plan.preferences !== null) {
    record('preferences', plan.preferences)
    parts.prefer(plan.preferences)
  }
  if (plan.settings !== null) {
    record('settings', plan.settings)
    await parts.saveSettings(plan.settings)
  }
  const makesBackup =
    (plan.setsFolder || plan.setsPassword) && parts.preferences.get().backup.folder !== null
  const made = makesBackup ? await parts.backups.make() : ok('')
  return ok(made.ok ? null : made.error.code)
}

function changeUpdates(
  { address, automatic, hour }: UpdateState,
  { updates, preferences }: ShopOrderParts,
  record: RecordPart,
): void {
  const present = preferences.get().updates
  if (address !== present.address) {
    record('updates', { address })
    updates.setAddress(address)
  }
  if (automatic !== present.automatic || hour !== present.hour) {
    record('updates', { automatic, hour })
    updates.setAutomatic({ automatic, hour })
  }
}

async function isThisPassword(
  password: string | null,
  kept: Pick<BackupPassword, 'escrow'>,
): Promise<boolean> {
  const escrow = kept.escrow()
  return password !== null && escrow !== null && (await openEscrow(escrow, password)) !== null
}
