import { z } from 'zod'

/** What a till knows of its shop's server, in its own folder. Its two secrets are in the keychain. */
export const ChainProfile = z.strictObject({
  version: z.literal(1),
  /** `host:port`. */
  address: z.string().regex(/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$/),
  /** The certificate of the authority of the shop's server, PEM: this server and no other. */
  authority: z
    .string()
    .max(4000)
    .regex(/^-----BEGIN CERTIFICATE-----\s/),
})
export type ChainProfile = z.infer<typeof ChainProfile>
