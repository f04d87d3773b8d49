import { z } from 'zod'
import { isHttpsOrLoopback } from './web-address.ts'

/** Why nothing is known of a newer version. Words: `settings.json`, `updates.fault.<code>`. */
export const updateFaults = ['no-address', 'no-connection', 'not-a-feed'] as const
export const UpdateFault = z.enum(updateFaults)
export type UpdateFault = z.infer<typeof UpdateFault>

/** Where the shop's IT publishes versions, and what was found there. */
export const UpdateState = z.object({
  address: z.string().nullable(),
  /** Newer than this one; `null` when there is none, or nobody has looked. */
  found: z.object({ version: z.string(), notes: z.string() }).nullable(),
  /** Epoch milliseconds. */
  checkedAt: z.number().int().nullable(),
})
export type UpdateState = z.infer<typeof UpdateState>

export const noUpdates: UpdateState = { address: null, found: null, checkedAt: null }

/** A folder on a web server, https; plain http on this computer alone. */
export const UpdateAddress = z.url().max(500).refine(isHttpsOrLoopback, 'https only')
