import { useTranslation } from 'react-i18next'
import type { Verdict } from '../../../main/contract/counter.ts'
import type { Language } from '../../../main/contract/language.ts'
import { formatSum } from '../../format/money.ts'

interface VerdictWords {
  readonly title: string
  /** Shown beside the title of "give": what to deduct, or where to read it. */
  readonly sum: string | null
  /** The instruction, shown before the reason, where the title is the reason itself. */
  readonly order: string | null
  readonly action: string
  /** A short form for afterwards. */
  readonly told: string
}

/** Returns the words of a verdict; its instruction decides them. */
export function useVerdictWords(language: Language): (verdict: Verdict) => VerdictWords {
  const { t } = useTranslation(['till', 'reasons', 'scanner'])

  function sumOf({ deductFen, redemption }: Verdict): string {
    if (deductFen !== null) return t('sum.off', { sum: formatSum(deductFen, language) })
    const stock = redemption?.stock
    if (stock?.kind === 'EXCHANGE' && stock.exchangePriceFen !== null)
      return t('sum.exchange', {
        goods: stock.goodsName ?? stock.name,
        price: formatSum(stock.exchangePriceFen, language),
      })
    return t('sum.phone')
  }

  return (verdict) => {
    const { reason, instruction, misread } = verdict
    const title = t(`reasons:${reason}.cashier.title`)
    const action = t(`reasons:${reason}.cashier.action`)
    const plain = { sum: null, order: null, action: `${title} · ${action}` }
    switch (instruction) {
      case 'give': {
        const sum = sumOf(verdict)
        return { ...plain, title: t('verdict.give'), sum, told: t('told.give', { sum }) }
      }
      case 'not-yet':
        return { ...plain, title: t('verdict.not-yet'), told: t('told.not-yet') }
      case 'do-not-give':
        return {
          title,
          sum: null,
          order: t('verdict.doNotGive'),
          action: misread === null ? action : `${t(`scanner:rejected.${misread}`)} · ${action}`,
          told: t('told.do-not-give', { reason: title }),
        }
      case 'already-given':
        // The cashier has already done what the reason would ask for.
        return {
          ...plain,
          title: t('verdict.already-given'),
          action: title,
          told: t('told.already-given'),
        }
    }
  }
}
