import type { InstallRefusal } from '../contract/updates.ts'

/** What goes on at the till, as far as a restart would be in its way. */
export interface Trade {
  /** Redemptions that wait to be sent. */
  readonly waiting: number
  readonly isShiftOpen: boolean
  /** When something last happened at the counter, epoch milliseconds. */
  readonly touchedAt: number
}

/** So long after the last customer the shop is not taken to be trading, at the hour that was set. */
const quietMs = 30 * 60_000
/** A person who asks for it themselves is not serving anybody. */
const quietForPersonMs = 5000
const hourMs = 3_600_000
const chinaMs = 8 * hourMs

/**
 * Why a new version is not installed now; `null` when it may be. A person may, with nothing waiting and no shift open. By
 * itself it is installed at the hour that was set alone, a forgotten shift or not, and not while anybody trades.
 */
export function refusalToInstall(
  by: 'person' | 'hour',
  trade: Trade,
  hour: number,
  now: number,
): InstallRefusal | null {
  if (trade.waiting > 0) return 'queue-waits'
  const quiet = by === 'person' ? quietForPersonMs : quietMs
  const age = now - trade.touchedAt
  // A clock that was set back says nothing about how long nobody was there.
  if (age < quiet) return 'trading'
  if (by === 'person') return trade.isShiftOpen ? 'shift-open' : null
  return hourInChina(now) === hour ? null : 'trading'
}

function hourInChina(now: number): number {
  return Math.floor((now + chinaMs) / hourMs) % 24
}
