import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import type { ScannerProfile } from '../scanner-profile.ts'
import type { Calibration } from './calibrate.ts'
import styles from './calibration-wizard.module.css'

interface CalibrationReportProps {
  readonly calibration: Calibration
  readonly onSave: (profile: ScannerProfile) => void
}

/** Shows what was learnt, what is wrong, and which setting fixes it. */
export function CalibrationReport({ calibration, onSave }: CalibrationReportProps) {
  const { t } = useTranslation('scanner')
  const { profile, findings } = calibration
  return (
    <div
      className={styles['report']}
      data-testid="calibration-report"
      data-findings={findings.join(' ')}
    >
      <p className={styles['lead']} aria-live="assertive">
        {t(profile === null ? 'calibration.notGood' : 'calibration.good')}
      </p>
      {findings.length > 0 && (
        <ul className={styles['findings']}>
          {findings.map((finding) => (
            <li key={finding}>
              <strong>{t(`calibration.findings.${finding}.is`)}</strong>
              <span>{t(`calibration.findings.${finding}.mend`)}</span>
            </li>
          ))}
        </ul>
      )}
      {profile !== null && (
        <>
          <Learnt profile={profile} />
          <Button className={buttons['primary'] ?? ''} onPress={() => onSave(profile)}>
            {t('calibration.save')}
          </Button>
        </>
      )}
    </div>
  )
}

function Learnt({ profile }: { readonly profile: ScannerProfile }) {
  const { t } = useTranslation('scanner')
  const { terminator, endKey, rhythm, prefix, suffix } = profile
  return (
    <dl className={styles['learnt']}>
      <dt>{t('calibration.learnt.terminator')}</dt>
      <dd>{endKey ?? (terminator === 'auto' ? '' : t(`calibration.learnt.${terminator}`))}</dd>
      {rhythm !== null && (
        <>
          <dt>{t('calibration.learnt.pace')}</dt>
          <dd>{t('calibration.learnt.paceValue', { ms: Math.round(rhythm.gapMs) })}</dd>
        </>
      )}
      {prefix !== '' && (
        <>
          <dt>{t('calibration.learnt.prefix')}</dt>
          <dd>{prefix}</dd>
        </>
      )}
      {suffix !== '' && (
        <>
          <dt>{t('calibration.learnt.suffix')}</dt>
          <dd>{suffix}</dd>
        </>
      )}
    </dl>
  )
}
