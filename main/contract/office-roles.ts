/** From fewest to most permissions. */
export const officeRoles = ['viewer', 'manager', 'owner'] as const
export type OfficeRole = (typeof officeRoles)[number]

/** Which roles of the head office have each permission. */
export const officePermissions = {
  /** Figures, doubles, outages, health, alerts. */
  look: officeRoles,
  /** One redemption's life, with cashiers' names. */
  'look-closer': ['manager', 'owner'],
  export: ['manager', 'owner'],
  'see-alerts': ['manager', 'owner'],
  'set-up': ['owner'],
} as const satisfies Record<string, readonly OfficeRole[]>

export type OfficePermission = keyof typeof officePermissions

export function mayInOffice(role: OfficeRole, permission: OfficePermission): boolean {
  const allowed: readonly OfficeRole[] = officePermissions[permission]
  return allowed.includes(role)
}
