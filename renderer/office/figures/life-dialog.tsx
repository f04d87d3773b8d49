import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../main/contract/language.ts'
import type { OfficeRedemption, OfficeStep } from '../../../main/contract/office.ts'
import { reasons } from '../../../main/contract/reason.ts'
import { ok } from '../../../main/contract/result.ts'
import buttons from '../../components/buttons.module.css'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import { StateChip } from '../../components/state-chip.tsx'
import { formatSum } from '../../format/money.ts'
import { formatDateTime } from '../office-time.ts'
import { AskedView } from '../asked-view.tsx'
import styles from '../office.module.css'
import { useAsked } from '../use-asked.ts'
import { RedemptionTable } from './redemption-table.tsx'
import type { View } from './view.ts'

interface LifeDialogProps {
  readonly id: string
  readonly view: View
  readonly onOpen: (id: string) => void
  readonly onClose: () => void
}

/** One redemption from its scan to its end, and the same coupon elsewhere. Its code is not known here. */
export function LifeDialog({ id, view, onOpen, onClose }: LifeDialogProps) {
  const { t } = useTranslation('office')
  const { fresh, language } = view
  const asked = useAsked(`${id} ${fresh}`, async () => {
    const reply = await window.office.figures.life({ id })
    return reply.ok ? ok({ life: reply.value }) : reply
  })
  return (
    <Dialog title={t('life.title')} onClose={onClose} wide dismissable testId="life">
      <AskedView asked={asked}>
        {({ life }) =>
          life === null ? (
            <p className={styles['empty']}>{t('life.gone')}</p>
          ) : (
            <>
              <Facts redemption={life.redemption} language={language} />
              <ol className={styles['steps']}>
                {life.steps.map((step, at) => (
                  // A step has no identity but its position.
                  <Step key={at} step={step} language={language} />
                ))}
              </ol>
              {life.others.length > 0 && (
                <>
                  <h3>{t('life.others')}</h3>
                  <RedemptionTable entries={life.others} language={language} onOpen={onOpen} />
                </>
              )}
              <p className={styles['hint']}>{t('life.noCode')}</p>
            </>
          )
        }
      </AskedView>
      <DialogButtons>
        <Button className={buttons['primary'] ?? ''} onPress={onClose}>
          {t('close')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}

interface FactsProps {
  readonly redemption: OfficeRedemption
  readonly language: Language
}

function Facts({ redemption, language }: FactsProps) {
  const { t } = useTranslation(['office', 'reasons'])
  const { reason, totalFen, discountFen, lossFen, state } = redemption
  const known = reasons.find((each) => each === reason)
  const facts: readonly (readonly [string, string | null])[] = [
    [t('list.requestNo'), redemption.useRequestNo],
    [t('list.shop'), `${redemption.shopName} · ${redemption.tillName}`],
    [t('list.cashier'), redemption.cashier],
    [t('list.stock'), redemption.stockName ?? redemption.stockId],
    [t('list.sum'), discountFen === null ? null : formatSum(discountFen, language)],
    [t('life.total'), totalFen === null ? null : formatSum(totalFen, language)],
    [t('life.loss'), lossFen === 0 ? null : formatSum(lossFen, language)],
    [t('life.reason'), known === undefined ? reason : t(`reasons:${known}.cashier.title`)],
  ]
  return (
    <dl className={styles['lifeFacts']}>
      {state !== null && (
        <div>
          <dt>{t('list.state')}</dt>
          <dd>
            <StateChip state={state} />
          </dd>
        </div>
      )}
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

function Step({ step, language }: { readonly step: OfficeStep; readonly language: Language }) {
  const { t, i18n } = useTranslation(['office', 'history', 'reasons'])
  const known = reasons.find((each) => each === step.reason)
  const said = [
    i18n.exists(`history:how.${step.how}`)
      ? t(`history:how.${step.how}`, { defaultValue: '' })
      : null,
    known === undefined ? step.why : t(`reasons:${known}.cashier.title`),
    step.status === null
      ? null
      : t('life.status', { status: [step.status, step.apiCode].filter(Boolean).join(' ') }),
  ].filter((each) => each !== null && each !== '')
  return (
    <li data-testid="life-step" data-event={step.event}>
      <time>{formatDateTime(step.at, language)}</time>
      <strong>
        {i18n.exists(`history:event.${step.event}`)
          ? t(`history:event.${step.event}`, { defaultValue: step.event })
          : step.event}
      </strong>
      <span>{[step.by, ...said].filter(Boolean).join(' · ')}</span>
    </li>
  )
}
