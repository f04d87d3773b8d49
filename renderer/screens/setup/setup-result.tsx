import { useTranslation } from 'react-i18next'
import type {
  CertificateFacts,
  ConnectionReport,
  TakenFiles,
} from '../../../main/contract/setup.ts'
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

/** Shows what the main process found in the merchant's files. */
export function TakenCertificate({ taken }: { readonly taken: TakenFiles }) {
  const { t } = useTranslation('setup')
  const { names, fault, certificate } = taken
  if (names.length === 0) return null
  const files = names.join(', ')
  if (certificate === null)
    return (
      <p
        className={styles['note']}
        data-tone={fault === null ? 'green' : 'red'}
        data-testid="taken-files"
        data-fault={fault ?? ''}
      >
        {files} · {fault !== null && t(`fault.${fault}`)}
      </p>
    )
  return <CertificateNote facts={certificate} lead={files} testId="taken-files" />
}

interface CertificateNoteProps {
  readonly facts: CertificateFacts
  /** The words before the certificate: where it is from, or what it is for. */
  readonly lead: string
  readonly testId: string
}

/** Shows a certificate and how long it is valid. */
export function CertificateNote({ facts, lead, testId }: CertificateNoteProps) {
  const { t } = useTranslation('setup')
  const { level, serial, daysLeft, validUntil } = facts
  const tone = level === 'good' ? 'green' : level === 'expired' ? 'red' : 'amber'
  const date = new Date(validUntil).toISOString().slice(0, 10)
  return (
    <p className={styles['note']} data-tone={tone} data-testid={testId} data-fault="">
      {lead} ·{' '}
      {level === 'expired'
        ? t('fault.certificate-expired')
        : t('screen.certificateGood', { serial, date, days: daysLeft })}
    </p>
  )
}
