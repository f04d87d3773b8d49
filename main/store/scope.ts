import type { ShiftPlace } from '../contract/money.ts'
import type { Scope, Stretch } from './ledger-query.ts'
import type { ShiftQuery } from './shift-query.ts'
import type { ShiftTable } from './shift-table.ts'

interface ScopeParts {
  readonly shiftRows: ShiftQuery
  readonly shifts: Pick<ShiftTable, 'find'>
}

/** Returns what a place and a time, epoch milliseconds without the end, mean in the ledger. */
export type ScopeOf = (place: ShiftPlace, times: Pick<Scope, 'from' | 'until'>) => Scope

/** See `ScopeOf`. Of what lies in shifts, or in none, only rows near the time are named. */
export function scopeOf(
  { shiftRows, shifts }: ScopeParts,
  place: ShiftPlace,
  { from, until }: Pick<Scope, 'from' | 'until'>,
): Scope {
  if (typeof place === 'number') {
    const shift = shifts.find(place)
    const stretches = shift === null ? [] : [shiftRows.stretches(shift).own]
    return { stretches, from: null, until: null, lastShift: place, inShift: true }
  }
  const times = { from, until, lastShift: null }
  if (place === 'all') return { ...times, stretches: null, inShift: null }
  const range = shiftRows.rowsWithin({ from, until }) ?? { after: 0, upTo: 0 }
  const inShifts = shiftRows.inShifts(range.after + 1)
  const stretches = place === 'in-shifts' ? inShifts : between(inShifts, range)
  return { ...times, stretches, inShift: place === 'in-shifts' }
}

/** What of a range lies between stretches. */
function between(stretches: readonly Stretch[], range: Stretch): Stretch[] {
  const found: Stretch[] = []
  let { after } = range
  for (const stretch of [...stretches, { after: range.upTo, upTo: range.upTo }]) {
    if (stretch.after > after) found.push({ after, upTo: Math.min(stretch.after, range.upTo) })
    after = Math.max(after, stretch.upTo)
  }
  return found.filter(({ after: first, upTo }) => upTo > first)
}
