import { z } from 'zod'

/** Must contain something other than a digit, because digits alone could be the beginning of any code. */
const Prefix = z.string().min(1).max(64).regex(/\D/)

/** What the shop's barcodes contain around a code. What the scanner adds is in its profile (`scanner-profile.ts`). */
export const CodeWrapping = z
  .strictObject({
    /** The first of these that a code begins with is removed. */
    prefixes: z.array(Prefix).max(16).readonly(),
    /** Parameters of a web address that may carry the code. */
    urlParameters: z.array(z.string().min(1).max(64)).max(16).readonly(),
  })
  .readonly()
export type CodeWrapping = z.infer<typeof CodeWrapping>
