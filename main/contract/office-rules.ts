/**
 * What can be alerted of. `silent`: a till or a server was not heard. `losses`, `doubles`: in a shop, in one day. `refusals`: of the
 * coupons of a shop in an hour with at least 20. `open`: coupons that a shop honoured, and that wait longer than a day. `hub`: the
 * office itself does not reach the hub.
 */
export const alertKinds = [
  'audit-broken',
  'silent',
  'behind',
  'stopped',
  'losses',
  'doubles',
  'refusals',
  'open',
  'certificate',
  'clock',
  'disk',
  'old-version',
  'hub',
] as const
type AlertKind = (typeof alertKinds)[number]

/** What a rule's limit counts; `null`: it has none. */
export const limitUnits = {
  'audit-broken': null,
  silent: 'minutes',
  behind: 'minutes',
  stopped: null,
  losses: 'fen',
  doubles: 'coupons',
  refusals: 'percent',
  open: 'coupons',
  certificate: 'days',
  clock: 'seconds',
  disk: null,
  'old-version': 'days',
  hub: 'minutes',
} as const satisfies Record<AlertKind, string | null>

/** What holds until an owner chooses. Trading hours are 9 to 22. */
export const usualRules = alertKinds.map((kind) => ({
  kind,
  isOn: kind !== 'old-version',
  limit: usualLimit(kind),
  hours: kind === 'silent' || kind === 'refusals' ? { from: 9, until: 22 } : null,
  isSent: kind !== 'old-version',
}))

function usualLimit(kind: AlertKind): number {
  const limits: Partial<Record<AlertKind, number>> = {
    silent: 60,
    behind: 30,
    losses: 50_000,
    doubles: 1,
    refusals: 20,
    open: 1,
    certificate: 14,
    clock: 60,
    'old-version': 30,
    hub: 15,
  }
  return limits[kind] ?? 0
}
