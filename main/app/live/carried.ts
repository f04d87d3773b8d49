import { z } from 'zod'
import { Profile } from '../../credentials/profile.ts'

/**
 * What a sealed backup carries beside the records: the settings of the merchant, which hold no secret, and the hash of
 * the owner's recovery code. The merchant's keys are not in it (docs/decisions/0047).
 */
export const Carried = z.strictObject({
  version: z.literal(1),
  profile: Profile,
  /** As the keychain has it; `null` where no code was made. */
  recovery: z.string().max(200).nullable(),
})
export type Carried = z.infer<typeof Carried>
