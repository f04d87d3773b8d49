import type { AlertRule } from '../../../main/contract/office-alerts.ts'
import { limitUnits } from '../../../main/contract/office-rules.ts'
import { readAmount } from '../../format/money.ts'

/** A rule as it is typed. Sums are in yuan; hours are both empty for the whole day. */
export interface DraftRule {
  readonly kind: AlertRule['kind']
  readonly isOn: boolean
  readonly isSent: boolean
  readonly limit: string
  readonly from: string
  readonly until: string
}

export function draftOf({ kind, isOn, isSent, limit, hours }: AlertRule): DraftRule {
  return {
    kind,
    isOn,
    isSent,
    limit: String(limit / perOf(kind)),
    from: hours === null ? '' : String(hours.from),
    until: hours === null ? '' : String(hours.until),
  }
}

/** `null` where something that was typed is no number, or an hour that no day has. */
export function ruleOf({ kind, isOn, isSent, limit, from, until }: DraftRule): AlertRule | null {
  const count = limitUnits[kind] === null ? 0 : readAmount(limit.trim(), perOf(kind))
  const hours = from.trim() === '' && until.trim() === '' ? null : hoursOf(from, until)
  if (count === null || hours === undefined) return null
  return { kind, isOn, isSent, limit: count, hours }
}

function hoursOf(from: string, until: string): AlertRule['hours'] | undefined {
  const [first, last] = [from, until].map((text) => readAmount(text.trim(), 1))
  if (first == null || last == null || first > 24 || last > 24) return undefined
  return { from: first, until: last }
}

function perOf(kind: AlertRule['kind']): 1 | 100 {
  return limitUnits[kind] === 'fen' ? 100 : 1
}
