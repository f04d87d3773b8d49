import { z } from 'zod'

/** Not digits alone: those could be the beginning of any code. */
const Prefix = z.string().min(1).max(64).regex(/\D/)

/** What a shop's codes are wrapped in, beside what the scanner adds (that is in the scanner's profile). */
export const CodeWrapping = z
  .strictObject({
    /** Taken off the front of a code, the first that fits. */
    prefixes: z.array(Prefix).max(16).readonly(),
    /** Parameters of a web address that may carry the code. */
    urlParameters: z.array(z.string().min(1).max(64)).max(16).readonly(),
  })
  .readonly()
export type CodeWrapping = z.infer<typeof CodeWrapping>
