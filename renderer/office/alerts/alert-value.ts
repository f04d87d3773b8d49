import type { TFunction } from 'i18next'
import type { Language } from '../../../main/contract/language.ts'
import type { OfficeAlert } from '../../../main/contract/office-alerts.ts'
import { limitUnits } from '../../../main/contract/office-rules.ts'
import { formatSum } from '../../format/money.ts'

/** What was found, beside the limit; empty where the kind counts nothing. */
export function foundText(
  { kind, value, limit }: Pick<OfficeAlert, 'kind' | 'value' | 'limit'>,
  language: Language,
  t: TFunction<'office'>,
): string {
  const unit = limitUnits[kind]
  if (unit === null || value === null) return ''
  const text = (count: number): string =>
    unit === 'fen' ? formatSum(count, language) : t(`alerts.unit.${unit}`, { count })
  return t('alerts.limit', { value: text(value), limit: text(limit) })
}
