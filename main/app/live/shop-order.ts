import { z } from 'zod'
import { Role } from '../../contract/permission.ts'
import { Preferences } from '../../contract/preferences.ts'
import { Pin, RecoveryForm, StaffName } from '../../contract/staff.ts'
import { UpdateAddress, UpdateState } from '../../contract/updates.ts'
import { backupFaults } from '../../contract/upkeep.ts'

/** What a file may set of this computer's preferences. The scanner is measured and chosen where it stands. */
export const OrderedPreferences = Preferences.pick({
  language: true,
  compact: true,
  focusBackMs: true,
  theme: true,
  textPercent: true,
  volumePercent: true,
  muted: true,
  paperSize: true,
  customerDisplay: true,
})
  .partial()
  .strict()

export const OrderedUpdates = z
  .strictObject({
    address: UpdateAddress.nullable(),
    automatic: z.boolean(),
    hour: UpdateState.shape.hour.unwrap(),
  })
  .partial()

/**
 * How `hexiao-till provision` wants the shop of this till to be, or `reset-owner` a PIN. What is left out stays as it is. It holds PINs and a
 * password: it is in memory, or sealed with the data key for the moment in which an open till reads it.
 */
export const ShopOrder = z.strictObject({
  /** The owner whose PIN was given, for the audit trail; `-` where there was no staff. */
  by: z.string(),
  /** Only says what would change. */
  isDryRun: z.boolean(),
  /** Fields of `ShopSettings`, of groups only those that are to change. */
  settings: z.record(z.string(), z.unknown()),
  /** Found again by name. The PIN is a new member's first one: whoever has one keeps it. */
  staff: z.array(z.strictObject({ name: StaffName, role: Role, pin: Pin.nullable() })),
  backup: z.strictObject({ folder: z.string().nullable(), password: z.string().nullable() }),
  updates: OrderedUpdates,
  preferences: OrderedPreferences,
  /** Gives the owner of this name a new PIN on the recovery code, which is used up. */
  resetOwner: z
    .strictObject({ name: StaffName, code: RecoveryForm.shape.code, pin: Pin })
    .nullable(),
})
export type ShopOrder = z.infer<typeof ShopOrder>

/** Why nothing of an order was carried out. Words: `commands.json`, `shopFault.<code>`. */
export const shopOrderFaults = [
  /** The settings as they would be then; `detail` names the field. */
  'settings-unfit',
  'name-twice',
  'pin-missing',
  'pin-too-easy',
  /** Nobody of the staff would be an owner. */
  'no-owner',
  'backup-folder-gone',
  'password-too-weak',
  'password-not-kept',
  /** No owner has this name. */
  'owner-unknown',
  'recovery-code-wrong',
  /** `detail` is the obstacle that the till's window shows. */
  'till-closed',
  /** The till's window is open and did not say what became of the order. */
  'till-silent',
  /** Something happened to the staff meanwhile; run again. */
  'interrupted',
] as const
export const ShopOrderFault = z.object({ code: z.enum(shopOrderFaults), detail: z.string() })
export type ShopOrderFault = z.infer<typeof ShopOrderFault>

/** What an order has changed, or would change. Fields are named as in `till.json`; never a secret. */
export const ShopOutcome = z.object({
  changed: z.array(z.string()),
  /** How many of the order's wishes were so already. */
  same: z.int(),
  /** Members of the staff whom the order does not name, and whom nobody touched. */
  leftAlone: z.array(z.string()),
  /** There is an owner and no recovery code: their first sign-in shows one. */
  isRecoveryDue: z.boolean(),
  /** Why the first backup into a new folder was not made. */
  backupFault: z.enum(backupFaults).nullable(),
})
export type ShopOutcome = z.infer<typeof ShopOutcome>
