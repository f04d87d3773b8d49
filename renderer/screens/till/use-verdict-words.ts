import { useTranslation } from 'react-i18next'
import type { Verdict } from '../../../main/contract/counter.ts'
import type { Language } from '../../../main/contract/language.ts'
import { formatValidityDay } from '../../format/ago.ts'
import { isJustGiven, givenWords } from './given-words.ts'
import { sumWords } from './sum-words.ts'

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
  const given = givenWords(t, language)

  /** The reason in a cashier's words; with the date, where the till knows which one keeps the coupon from being used. */
  function reasonOf({ reason, outside, at }: Verdict): Record<'title' | 'action', string> {
    if (outside === null)
      return {
        title: t(`reasons:${reason}.cashier.title`),
        action: t(`reasons:${reason}.cashier.action`),
      }
    // A batch that ends at midnight was valid on the day before.
    const lastOrFirst = outside.end === 'until' ? outside.at - 1 : outside.at
    const day = formatValidityDay(lastOrFirst, at, language)
    return {
      title: t(`outside.${outside.end}.title`),
      action: t(`outside.${outside.end}.action`, { day }),
    }
  }

  return (verdict) => {
    const { instruction, misread } = verdict
    const { title, action } = reasonOf(verdict)
    const plain = { sum: null, order: null, action: `${title} · ${action}` }
    switch (instruction) {
      case 'give': {
        const { sum, hint } = sumWords(verdict, t, language)
        const told = t('told.give', { sum })
        return {
          ...plain,
          title: t('verdict.give'),
          sum,
          action: hint === null ? plain.action : `${title} · ${hint}`,
          told,
        }
      }
      case 'not-yet':
        return { ...plain, title: t('verdict.not-yet'), told: t('told.not-yet') }
      case 'do-not-give':
        if (isJustGiven(verdict))
          return {
            title,
            sum: null,
            order: t('panel.again.order'),
            action: t('panel.again.action'),
            told: given.inShort(verdict) ?? title,
          }
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
