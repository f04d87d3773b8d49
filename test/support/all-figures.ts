import { openRecords } from '../../main/app/records.ts'
import type { ShiftFigures } from '../../main/contract/shift-report.ts'
import type { Store } from '../../main/store/store.ts'

/** The figures of everything in the records of a till that never had a shift. */
export function allFigures(store: Store): ShiftFigures {
  const figures = openRecords(store, () => 0).outsideNow()
  if (figures === null) throw new Error('too many to be counted')
  return figures
}
