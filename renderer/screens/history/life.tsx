import { useTranslation } from 'react-i18next'
import type { LifeStep } from '../../../main/contract/history.ts'
import type { Language } from '../../../main/contract/snapshot.ts'
import { formatSum } from '../../format/money.ts'
import { formatDateTime } from '../../format/time.ts'
import styles from './history-screen.module.css'

/** Step by step what happened, with WeChat Pay's own words and who did what. */
export function Life({
  steps,
  language,
}: {
  readonly steps: readonly LifeStep[]
  readonly language: Language
}) {
  const { t, i18n } = useTranslation(['history', 'till', 'reasons'])
  function toldLine({ instruction, reason, deductFen }: NonNullable<LifeStep['told']>): string {
    const title = t(`reasons:${reason}.cashier.title`)
    const sum =
      deductFen === null ? '' : ` ${t('till:sum.off', { sum: formatSum(deductFen, language) })}`
    return `${t(`till:sound.${instruction}`)}${sum} · ${title}`
  }

  return (
    <ol className={styles['life']}>
      {steps.map((step, at) => (
        // Steps have no identity but their place in the trail.
        <li key={at} data-testid="life-step" data-event={step.event}>
          <time>{formatDateTime(step.at, language)}</time>
          <strong>
            {i18n.exists(`history:event.${step.event}`)
              ? t(`event.${step.event}`, { defaultValue: step.event })
              : step.event}
          </strong>
          {step.told !== null && <span data-testid="life-told">{toldLine(step.told)}</span>}
          {step.by !== null && <span>{t('life.by', { name: step.by, why: step.why ?? '' })}</span>}
          {(step.code !== null || step.status !== null) && (
            <span className={styles['said']}>
              {[step.status, step.code, step.message].filter((part) => part !== null).join(' · ')}
            </span>
          )}
          {step.requestId !== null && (
            <span className={styles['said']}>Request-ID {step.requestId}</span>
          )}
        </li>
      ))}
    </ol>
  )
}
