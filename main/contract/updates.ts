import { z } from 'zod'
import { isHttpsOrLoopback } from './web-address.ts'

/** Why the search for a newer version failed. Words: `settings.json`, `updates.fault.<code>`. */
export const updateFaults = ['no-address', 'no-connection', 'not-a-feed'] as const
export const UpdateFault = z.object({ code: z.enum(updateFaults) })
export type UpdateFault = z.infer<typeof UpdateFault>

/** The address where the shop's IT publishes new versions, and what was found there. */
export const UpdateState = z.object({
  address: z.string().nullable(),
  /** The newer version; `null` when there is none, or before the first search. */
  found: z.object({ version: z.string(), notes: z.string() }).nullable(),
  /** Epoch milliseconds. */
  checkedAt: z.number().int().nullable(),
})
export type UpdateState = z.infer<typeof UpdateState>

export const noUpdates: UpdateState = { address: null, found: null, checkedAt: null }

/** The https address of a folder on a web server. Plain http is allowed on this computer only. */
export const UpdateAddress = z.url().max(500).refine(isHttpsOrLoopback, 'https only')
