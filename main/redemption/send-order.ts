import type { Redemption } from './redemption.ts'

const fenPerPlace = 100
const mostPlacesForValue = 300
const mostPlacesForExpiry = 200
const hourMs = 3_600_000
const soonMs = 24 * hourMs

/**
 * How many places an entry stands before its turn in the order of recording: what was honoured for most and what
 * expires soonest goes first. Bounded, so that an entry is overtaken by a bounded number of later ones and none starves;
 * counted in places and not in time, so that no clock step changes the order.
 */
export function placesAhead({
  honoured,
  honouredValueFen,
  expiresAt,
  recordedAt,
}: Redemption): number {
  const value = honoured ? Math.ceil((honouredValueFen ?? 0) / fenPerPlace) : 0
  const left = expiresAt === null ? soonMs : Math.min(soonMs, Math.max(0, expiresAt - recordedAt))
  const expiry = Math.round((1 - left / soonMs) * mostPlacesForExpiry)
  return Math.min(value, mostPlacesForValue) + expiry
}
