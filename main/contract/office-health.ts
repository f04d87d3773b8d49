import { z } from 'zod'

/** Epoch milliseconds. */
const Instant = z.number().int().nonnegative()
const Count = z.number().int().nonnegative()

/**
 * What may be wrong with a till, or with a shop's server, what cannot wait first.
 * - `audit-broken`: somebody has changed its records other than by the program.
 * - `certificate-expired`, `clock-wrong`: it cannot redeem.
 * - `silent`: nothing was heard for longer than the rule allows.
 * - `stopped`: its queue waits for a person.
 * - `behind`: it runs, and what it recorded does not come up.
 * - `disk-low`, `certificate-soon`, `clock-drifts`, `old-version`: not yet.
 */
export const healthProblems = [
  'audit-broken',
  'certificate-expired',
  'clock-wrong',
  'silent',
  'stopped',
  'behind',
  'disk-low',
  'certificate-soon',
  'clock-drifts',
  'old-version',
] as const
export type HealthProblem = (typeof healthProblems)[number]

/** The first of them need a person today. */
export const urgentProblems: readonly HealthProblem[] = healthProblems.slice(0, 6)

export const MemberHealth = z.object({
  shopId: z.string(),
  shopName: z.string(),
  /** A till, or the server of the shop with what sends its journal up. */
  part: z.enum(['till', 'server']),
  /** Unique within its shop and part. */
  id: z.string(),
  name: z.string(),
  /** When anything of it was last heard; `null`: never. */
  heardAt: Instant.nullable(),
  /** Records that it has, and the office has not; `null`: it does not say. */
  behind: Count.nullable(),
  version: z.string().nullable(),
  certificateUntil: Instant.nullable(),
  /** Its clock before (positive) or behind the hub's, in milliseconds. */
  clockAheadMs: z.number().int().nullable(),
  audit: z.enum(['whole', 'broken', 'unknown']),
  /** Honoured and open, by what it said last. */
  open: Count,
  /** In the order of `healthProblems`, each once. `since`: `null` where it is not known. */
  problems: z.array(z.object({ kind: z.enum(healthProblems), since: Instant.nullable() })),
})
export type MemberHealth = z.infer<typeof MemberHealth>

export const OfficeHealth = z.object({
  /** In any order: who shows them sorts them. */
  members: z.array(MemberHealth),
  /** The newest version that any till runs. */
  newestVersion: z.string().nullable(),
})
export type OfficeHealth = z.infer<typeof OfficeHealth>
