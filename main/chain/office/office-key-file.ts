import { z } from 'zod'
import { OfficeFile } from './office-file.ts'

/**
 * With what an office follows a hub: its own key there, and the secret from which the keys of all its shops follow. Whoever has it
 * reads what all shops publish, and no code: those were hashed in the shop.
 */
export const OfficeKeyFile = z.strictObject({
  version: z.literal(1),
  /** As its owner named the chain. */
  name: z.string().min(1).max(64),
  /** `host:port` for clients. */
  address: OfficeFile.shape.hub,
  authority: OfficeFile.shape.authority,
  seed: OfficeFile.shape.seed,
  /** Base64 of 32 bytes. */
  root: OfficeFile.shape.sealKey,
})
export type OfficeKeyFile = z.infer<typeof OfficeKeyFile>
