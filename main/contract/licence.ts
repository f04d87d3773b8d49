import { z } from 'zod'

/** A package of somebody else's that is part of this program. */
export const Licence = z.object({
  name: z.string(),
  version: z.string(),
  /** In SPDX's words, e.g. `MIT`; empty where the package says none. */
  licence: z.string(),
  /** Its terms, as they are; empty where the package brings none. */
  text: z.string(),
})
export type Licence = z.infer<typeof Licence>
