/**
 * From fewest to most permissions. On a till without staff nobody signs in, and everybody has the owner's permissions.
 */
export const roles = ['cashier', 'supervisor', 'owner'] as const
export type Role = (typeof roles)[number]

const everyone = roles
const leaders = ['supervisor', 'owner'] as const
const owner = ['owner'] as const

/**
 * Which roles have each permission. The router in the main process admits requests by this table, and the page hides
 * what the router would refuse.
 */
export const permissions = {
  redeem: everyone,
  'read-history': everyone,
  'work-shift': everyone,
  practise: everyone,
  /** Give a discount without a reply, against the offline policy. */
  'honour-anyway': leaders,
  return: leaders,
  'decide-review': leaders,
  'cut-network': leaders,
  'pause-queue': leaders,
  'hand-over': leaders,
  /** Take charge of what the last shift left to somebody else, who is not there. */
  'take-over-shift': leaders,
  'set-scanner': leaders,
  'read-insights': leaders,
  'change-settings': owner,
  'manage-staff': owner,
  'set-up': owner,
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** What practising needs a supervisor for. In training the practice supervisor may approve it, and nothing that outlasts practice. */
export const practisedPermissions: readonly Permission[] = [
  'cut-network',
  'honour-anyway',
  'return',
  'decide-review',
  'pause-queue',
  'take-over-shift',
]

export function mayDo(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission]
  return allowed.includes(role)
}
