import { z } from 'zod'

const Key = z.string().regex(/^U[A-Z2-7]{55}$/)
const Secret = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)

/**
 * What the head office gives a shop when it is attached, in a file that its owner carries. It is a secret: whoever has it can publish as
 * this shop, and try guesses of codes against coupons' hashes. It opens nothing that another shop has published.
 */
export const OfficeFile = z.strictObject({
  version: z.literal(1),
  /** A name in subjects. */
  shopId: z.string().regex(/^[a-z0-9]{12}$/),
  /** As people call the shop. */
  name: z.string().min(1).max(64),
  /** `host:port` for leaf nodes. */
  hub: z.string().regex(/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$/),
  /** PEM; the hub's certificate is held against it alone. */
  authority: z
    .string()
    .max(4000)
    .regex(/^-----BEGIN CERTIFICATE-----\s/),
  /** JetStream's domain at the hub. */
  domain: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/),
  key: Key,
  seed: z.string().regex(/^SU[A-Z2-7]{56}$/),
  /** Base64 of 32 bytes each: what this shop publishes is sealed under the first, coupons of all shops are hashed under the second. */
  sealKey: Secret,
  couponKey: Secret,
})
export type OfficeFile = z.infer<typeof OfficeFile>
