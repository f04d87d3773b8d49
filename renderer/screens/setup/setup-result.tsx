import { beijingDay, dateOfDay } from '../../../main/contract/beijing-day.ts'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type {
  CertificateFacts,
  ConnectionReport,
  SetupFault,
  TakenFiles,
} from '../../../main/contract/setup.ts'
import buttons from '../../components/buttons.module.css'
import styles from './setup-screen.module.css'
import type { SetupOutcome } from './use-setup.ts'

/** Shows the result of the last step in words. */
export function SetupResult({ outcome }: { readonly outcome: SetupOutcome }) {
  const { t } = useTranslation('setup')
  switch (outcome.kind) {
    case 'busy':
      return <output className={styles['note']}>{t(`screen.${outcome.with}`)}</output>
    case 'fault':
      return (
        <p
          className={styles['note']}
          data-tone="red"
          data-testid="setup-fault"
          data-code={outcome.fault}
          role="alert"
        >
          {outcome.fault === 'failed' ? t('screen.failed') : t(`fault.${outcome.fault}`)}
        </p>
      )
    case 'tested':
      return <Tested report={outcome.report} />
    default:
      return null
  }
}

function Tested({ report }: { readonly report: ConnectionReport }) {
  const { t } = useTranslation('setup')
  const { finding, said, requestId, signedWith } = report
  const tone = finding === 'passed' ? 'green' : finding === 'public-key-not-used' ? 'amber' : 'red'
  return (
    <output
      className={styles['note']}
      data-tone={tone}
      data-testid="setup-tested"
      data-finding={finding}
    >
      <strong>{t(`connection.${finding}.title`)}</strong>
      <span>{t(`connection.${finding}.action`)}</span>
      {signedWith !== undefined && <span>{t('screen.signedWith', { serial: signedWith })}</span>}
      {tone === 'red' && said !== null && <span>{t('screen.said', said)}</span>}
      {tone === 'red' && requestId !== null && (
        <span>{t('screen.requestId', { id: requestId })}</span>
      )}
    </output>
  )
}

interface TakenCertificateProps {
  readonly taken: TakenFiles
  /** Opens the step with the merchant id. */
  readonly onMendShop: () => void
}

const ofMerchantId: readonly (SetupFault | null)[] = ['merchant-id-other', 'p12-password-wrong']

/** Shows what the main process found in the merchant's files. */
export function TakenCertificate({ taken, onMendShop }: TakenCertificateProps) {
  const { t } = useTranslation('setup')
  const { fault, certificate } = taken
  if (certificate !== null) return <CertificateNote facts={certificate} testId="taken-files" />
  if (fault === null) return null
  // The other half is still to come: nothing is wrong with what is there.
  const isHalf = fault === 'key-missing' || fault === 'certificate-missing'
  return (
    <>
      <p
        className={styles['note']}
        data-tone={isHalf ? 'amber' : 'red'}
        data-testid="taken-files"
        data-fault={fault}
      >
        {t(`fault.${fault}`)}
      </p>
      {ofMerchantId.includes(fault) && (
        <div className={styles['buttons']}>
          <Button
            className={buttons['quiet'] ?? ''}
            data-testid="mend-merchant-id"
            onPress={onMendShop}
          >
            {t('screen.goTo', { step: t('screen.step.shop') })}
          </Button>
        </div>
      )}
    </>
  )
}

interface CertificateNoteProps {
  readonly facts: CertificateFacts
  /** The words before the certificate: what it is for. */
  readonly lead?: string
  readonly testId: string
}

/** Shows a certificate and how long it is valid. */
export function CertificateNote({ facts, lead, testId }: CertificateNoteProps) {
  const { t } = useTranslation('setup')
  const { level, serial, daysLeft, validUntil } = facts
  const tone = level === 'good' ? 'green' : level === 'expired' ? 'red' : 'amber'
  const date = dateOfDay(beijingDay(validUntil))
  return (
    <p className={styles['note']} data-tone={tone} data-testid={testId} data-fault="">
      {lead !== undefined && `${lead} · `}
      {level === 'expired'
        ? t('fault.certificate-expired')
        : t('screen.certificateGood', { serial, date, days: daysLeft })}
    </p>
  )
}
