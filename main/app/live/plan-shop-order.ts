import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { isGoodBackupPassword } from '../../contract/backup-password.ts'
import type { Preferences } from '../../contract/preferences.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { ShopSettings } from '../../contract/shop-settings.ts'
import type { StaffForm, StaffView } from '../../contract/staff.ts'
import type { UpdateState } from '../../contract/updates.ts'
import { isTooEasy } from '../../shop/roster.ts'
import type { ShopOrder, ShopOrderFault } from './shop-order.ts'

/** A shop as it is. */
export interface ShopState {
  readonly settings: ShopSettings
  readonly staff: readonly StaffView[]
  readonly preferences: Preferences
  readonly backupFolder: string | null
  /** Whether the order's password opens the backups already. */
  readonly hasThisPassword: boolean
  readonly updates: UpdateState
}

/** What has to be done, each part only where it differs. */
export interface ShopPlan {
  readonly settings: ShopSettings | null
  /** Owners first, so that there is one before there is anybody else, or anybody loses that role. */
  readonly staff: readonly StaffForm[]
  readonly setsFolder: boolean
  readonly setsPassword: boolean
  readonly updates: UpdateState | null
  readonly preferences: ShopOrder['preferences'] | null
  readonly changed: readonly string[]
  readonly same: number
  readonly leftAlone: readonly string[]
}

/** Compares an order with a shop. Fails where the shop would not be a whole one afterwards; nothing is written. */
export function planShopOrder(
  order: ShopOrder,
  present: ShopState,
): Result<ShopPlan, ShopOrderFault> {
  const merged = ShopSettings.safeParse(mergeSettings(present.settings, order.settings))
  if (!merged.success) {
    const [issue] = merged.error.issues
    return err({ code: 'settings-unfit', detail: issue?.path.join('.') ?? '' })
  }
  const fault = staffFaultOf(order.staff, present.staff) ?? backupFaultOf(order.backup)
  if (fault !== null) return err(fault)
  const { backup } = order
  const staff = staffForms(order.staff, present.staff)
  const { address = present.updates.address } = order.updates
  const { automatic = present.updates.automatic, hour = present.updates.hour } = order.updates
  const updates = { ...present.updates, address, automatic, hour }
  const list = createList()
  list.compareLeaves('shop.settings', order.settings, present.settings, merged.data)
  for (const { name, role } of order.staff) {
    const before = present.staff.find((each) => each.name === name)
    list.compare(`shop.staff ${name}`, before?.role, role)
  }
  if (backup.folder !== null)
    list.compare('shop.backup.folder', present.backupFolder ?? undefined, backup.folder)
  if (backup.password !== null) list.add('shop.backup.passwordFile', present.hasThisPassword)
  list.compareLeaves('shop.updates', order.updates, present.updates, updates)
  const preferences = { ...present.preferences, ...order.preferences }
  list.compareLeaves('shop.preferences', order.preferences, present.preferences, preferences)
  return ok({
    settings: isDeepStrictEqual(merged.data, present.settings) ? null : merged.data,
    staff,
    setsFolder: backup.folder !== null && backup.folder !== present.backupFolder,
    setsPassword: backup.password !== null && !present.hasThisPassword,
    updates: isDeepStrictEqual(updates, present.updates) ? null : updates,
    preferences: isDeepStrictEqual(preferences, present.preferences) ? null : order.preferences,
    changed: list.changed,
    same: list.same(),
    leftAlone: present.staff
      .map(({ name }) => name)
      .filter((name) => !order.staff.some((each) => each.name === name)),
  })
}

const Group = z.record(z.string(), z.unknown())
/** Lists by batch: a wish for one of them says what the whole list is to be. */
const wholeLists = ['byStock', 'stockTerms']

/** The settings with the fields that an order names; a group keeps those of its fields that it does not name. */
export function mergeSettings(present: unknown, given: unknown): unknown {
  const before = Group.safeParse(present)
  const wanted = Group.safeParse(given)
  if (!before.success || !wanted.success) return given
  const fields = Object.entries(wanted.data).map(([name, value]) => [
    name,
    wholeLists.includes(name) ? value : mergeSettings(before.data[name], value),
  ])
  return { ...before.data, ...Object.fromEntries(fields) }
}

function staffFaultOf(
  wanted: ShopOrder['staff'],
  present: readonly StaffView[],
): ShopOrderFault | null {
  const names = wanted.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) return { code: 'name-twice', detail: twice }
  for (const { name, pin } of wanted) {
    const isNew = !present.some((each) => each.name === name)
    if (isNew && pin === null) return { code: 'pin-missing', detail: name }
    if (isNew && pin !== null && isTooEasy(pin)) return { code: 'pin-too-easy', detail: name }
  }
  const after = [...present.filter(({ name }) => !names.includes(name)), ...wanted]
  const isOwned = after.length === 0 || after.some(({ role }) => role === 'owner')
  return isOwned ? null : { code: 'no-owner', detail: names.join(', ') }
}

function backupFaultOf({ folder, password }: ShopOrder['backup']): ShopOrderFault | null {
  if (folder !== null && !existsSync(folder)) return { code: 'backup-folder-gone', detail: folder }
  if (password !== null && !isGoodBackupPassword(password))
    return { code: 'password-too-weak', detail: '' }
  return null
}

function staffForms(wanted: ShopOrder['staff'], present: readonly StaffView[]): StaffForm[] {
  const forms = wanted.flatMap(({ name, role, pin }): StaffForm[] => {
    const before = present.find((each) => each.name === name)
    if (before === undefined) return [{ id: null, name, role, pin }]
    return before.role === role ? [] : [{ id: before.id, name, role, pin: null }]
  })
  return [
    ...forms.filter(({ role }) => role === 'owner'),
    ...forms.filter(({ role }) => role !== 'owner'),
  ]
}

function createList() {
  const changed: string[] = []
  let same = 0

  function add(name: string, isSame: boolean): void {
    if (isSame) same += 1
    else changed.push(name)
  }

  function compare(name: string, before: unknown, after: unknown): void {
    const told = before === undefined ? `→ ${shown(after)}` : `${shown(before)} → ${shown(after)}`
    add(`${name} ${told}`, isDeepStrictEqual(before, after))
  }

  /** `given` says which fields are meant; what they are is read from `before` and `after`. */
  function compareLeaves(name: string, given: object, before: unknown, after: unknown): void {
    const [was, is] = [Group.safeParse(before).data ?? {}, Group.safeParse(after).data ?? {}]
    for (const [field, value] of Object.entries(given)) {
      const group = wholeLists.includes(field) ? null : (Group.safeParse(value).data ?? null)
      if (group === null) compare(`${name}.${field}`, was[field], is[field])
      else compareLeaves(`${name}.${field}`, group, was[field], is[field])
    }
  }

  return { changed, same: () => same, add, compare, compareLeaves }
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? ''
}
