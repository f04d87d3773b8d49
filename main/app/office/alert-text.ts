import { formatSum } from '../../contract/format.ts'
import type { Language } from '../../contract/language.ts'
import type { OfficeAlert } from '../../contract/office-alerts.ts'
import { limitUnits } from '../../contract/office-rules.ts'
import { fill } from '../../contract/words/fill.ts'
import { officeWordsOn } from '../../contract/words/office.ts'
import { platformHere } from '../../words-here.ts'

/** An alert in one line, for whoever gets it by the webhook: what, where, how much, and whether it is over. */
export function alertText(
  { kind, shopName, tillName, value, limit }: OfficeAlert,
  event: 'opened' | 'closed' | 'test',
  language: Language,
): string {
  const { alerts, title, webhook } = officeWordsOn(platformHere, language)
  if (event === 'test') return `${title} · ${webhook.test}`
  const unit = limitUnits[kind]
  const count = (of: number): string =>
    unit === null || unit === 'fen'
      ? formatSum(of, language)
      : fill(alerts.unit[unit], { count: of })
  return [
    ...(event === 'closed' ? [alerts.closed] : []),
    alerts.kind[kind],
    [shopName, tillName].filter((name) => name !== null).join(' · ') || alerts.chain,
    ...(unit === null || value === null
      ? []
      : [fill(alerts.limit, { value: count(value), limit: count(limit) })]),
  ].join(' · ')
}
