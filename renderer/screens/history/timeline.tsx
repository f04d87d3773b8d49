import { useTranslation } from 'react-i18next'
import { byLineOf } from '../../../main/contract/by-line.ts'
import type { TimelineStep } from '../../../main/contract/history.ts'
import type { Language } from '../../../main/contract/language.ts'
import { ApiReplyText } from '../../components/api-reply-text.tsx'
import { formatSum } from '../../format/money.ts'
import { formatDateTime } from '../../format/time.ts'
import styles from './history-screen.module.css'

/** Shows step by step what happened: WeChat Pay's own replies, and what each person did. */
export function Timeline({
  steps,
  language,
}: {
  readonly steps: readonly TimelineStep[]
  readonly language: Language
}) {
  const { t, i18n } = useTranslation(['history', 'till', 'reasons'])
  function toldLine({ instruction, reason, deductFen }: NonNullable<TimelineStep['told']>): string {
    const title = t(`reasons:${reason}.cashier.title`)
    const sum =
      deductFen === null ? '' : ` ${t('till:sum.off', { sum: formatSum(deductFen, language) })}`
    return `${t(`till:sound.${instruction}`)}${sum} · ${title}`
  }

  return (
    <ol className={styles['timeline']}>
      {steps.map((step, at) => (
        // A step has no identity but its position.
        <li key={at} data-testid="timeline-step" data-event={step.event}>
          <time>{formatDateTime(step.at, language)}</time>
          <strong>
            {i18n.exists(`history:event.${step.event}`)
              ? t(`event.${step.event}`, { defaultValue: step.event })
              : step.event}
          </strong>
          {step.how !== null && i18n.exists(`history:how.${step.how}`) && (
            <span>{t(`how.${step.how}`, { defaultValue: step.how })}</span>
          )}
          {step.told !== null && <span data-testid="timeline-told">{toldLine(step.told)}</span>}
          <BySpan step={step} />
          <ApiReplyText said={step} />
          {step.couponState !== null && (
            <span className={styles['said']}>
              {[
                t('timeline.coupon', { state: step.couponState }),
                step.heldBy && t('timeline.heldBy', { number: step.heldBy }),
                step.returnedBy && t('timeline.returnedBy', { number: step.returnedBy }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          )}
          {step.remark !== null && <span>{t(`remark.${step.remark}`)}</span>}
        </li>
      ))}
    </ol>
  )
}

function BySpan({ step }: { readonly step: TimelineStep }) {
  const { t } = useTranslation(['history', 'reasons'])
  const { name, why, reason } = byLineOf(step)
  const said = reason === null ? why : t(`reasons:${reason}.cashier.title`)
  if (name === null || said === null) return <span>{name ?? said}</span>
  return <span>{t('timeline.by', { name, why: said })}</span>
}
