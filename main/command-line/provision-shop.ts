import path from 'node:path'
import { z } from 'zod'
import { OrderedPreferences, OrderedUpdates, type ShopOrder } from '../app/live/shop-order.ts'
import { mergeSettings } from '../app/live/plan-shop-order.ts'
import { Role } from '../contract/permission.ts'
import { ShopSettings } from '../contract/shop-settings.ts'
import { Pin, StaffName } from '../contract/staff.ts'

/** A path, absolute or from the folder of the settings file; `-` is standard input, which can be one file alone. */
export const File = z.string().min(1)

/** Judged with what they leave out as on a new till, so that a field that does not fit is known before any till is asked. */
const SettingsChange = z.record(z.string(), z.unknown()).superRefine((given, context) => {
  const whole = ShopSettings.safeParse(mergeSettings(ShopSettings.parse({}), given))
  for (const issue of whole.error?.issues ?? []) context.addIssue({ ...issue })
})

/** The part `shop` of `till.json`. It names files with PINs and a password, and holds none. */
export const ShopPart = z.strictObject({
  settings: SettingsChange.default({}),
  staff: z
    .array(z.strictObject({ name: StaffName, role: Role, pinFile: File.optional() }))
    .max(100)
    .default([]),
  backup: z.strictObject({ folder: File.optional(), passwordFile: File.optional() }).default({}),
  updates: OrderedUpdates.default({}),
  preferences: OrderedPreferences.default({}),
})
export type ShopPart = z.infer<typeof ShopPart>

/** The names of the files that hold PINs and the password. */
export function secretFilesOf({ staff, backup }: ShopPart): string[] {
  return [...staff.map(({ pinFile }) => pinFile), backup.passwordFile].flatMap((name) => name ?? [])
}

/** An order, but for who gives it. */
export type WantedShop = Omit<ShopOrder, 'by' | 'isDryRun'>

/** Reads what the part names. `folder` is that of the settings file. Returns the name of a PIN file that holds no PIN. */
export async function readShopPart(
  { settings, staff, backup, updates, preferences }: ShopPart,
  folder: string,
  readText: (name: string) => Promise<string>,
): Promise<{ readonly wanted: WantedShop } | { readonly badPinFile: string }> {
  const members: WantedShop['staff'] = []
  for (const { name, role, pinFile } of staff) {
    const pin = pinFile === undefined ? null : Pin.safeParse((await readText(pinFile)).trim())
    if (pin?.success === false) return { badPinFile: pinFile ?? '' }
    members.push({ name, role, pin: pin?.data ?? null })
  }
  const { folder: backupFolder, passwordFile } = backup
  const password = passwordFile === undefined ? null : (await readText(passwordFile)).trim()
  const wanted = {
    settings,
    staff: members,
    backup: {
      folder: backupFolder === undefined ? null : path.resolve(folder, backupFolder),
      password,
    },
    updates,
    preferences,
    resetOwner: null,
  }
  return { wanted }
}
