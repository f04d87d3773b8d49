import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import { ScannableCode } from '../../components/scannable-code.tsx'
import type { ScannerProfile } from '../scanner-profile.ts'
import { calibrate } from './calibrate.ts'
import { CalibrationReport } from './calibration-report.tsx'
import styles from './calibration-wizard.module.css'
import { knownCodes } from './known-codes.ts'
import type { Sample } from './recorded-scan.ts'
import { useKeyRecorder } from './use-key-recorder.ts'

interface CalibrationWizardProps {
  readonly onSave: (profile: ScannerProfile) => void
  readonly onClose: () => void
}

/**
 * Draws the known codes one after the other, records what the scanner types, and shows what was learnt and what to fix.
 */
export function CalibrationWizard({ onSave, onClose }: CalibrationWizardProps) {
  const { t } = useTranslation('scanner')
  const [samples, setSamples] = useState<readonly Sample[]>([])
  const code = knownCodes[samples.length]
  useKeyRecorder(code !== undefined, (strokes) => {
    if (code !== undefined) setSamples([...samples, { code, strokes }])
  })
  const step = samples.length + 1
  return (
    <section className={styles['wizard']} data-testid="calibration">
      {code === undefined ? (
        <CalibrationReport calibration={calibrate(samples)} onSave={onSave} />
      ) : (
        <div className={styles['step']} data-testid="calibration-step" data-step={step}>
          <p className={styles['lead']}>{t('calibration.lead')}</p>
          <p className={styles['progress']} aria-live="polite">
            {t('calibration.progress', { step, count: knownCodes.length })}
          </p>
          <ScannableCode
            symbology="code128"
            code={code}
            label={t('calibration.barcode', { step })}
            height={96}
          />
          <p>{t('calibration.listening')}</p>
        </div>
      )}
      <div className={styles['buttons']}>
        <Button className={buttons['quiet'] ?? ''} onPress={() => setSamples([])}>
          {t('calibration.again')}
        </Button>
        <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
          {t('calibration.close')}
        </Button>
      </div>
    </section>
  )
}
