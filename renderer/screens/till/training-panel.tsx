import { PlugZap, RefreshCcw, Unplug } from 'lucide-react'
import { useCallback, useEffect, useState, memo } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../../main/contract/result.ts'
import type { ScanSource } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { SampleCoupon } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import panel from '../../components/panel.module.css'
import { Shortcut } from '../../components/shortcut.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useApproval } from '../../shell/approval.tsx'
import { SampleCard } from './sample-card.tsx'
import styles from './training-panel.module.css'

interface TrainingPanelProps {
  readonly network: 'up' | 'cut'
  readonly language: Language
  /** Grows when a coupon was redeemed, perhaps one of these. */
  readonly recordsRevision: number
  readonly onScan: (code: string, source: ScanSource) => void
}

/** Practice coupons of every kind, as codes for the scanner and as buttons, and a switch that cuts the network. */
function DrawnTrainingPanel({ network, language, recordsRevision, onScan }: TrainingPanelProps) {
  const { t } = useTranslation('training')
  const [samples, setSamples] = useState<readonly SampleCoupon[]>([])
  const show = useCallback((reply: Result<SampleCoupon[], unknown>) => {
    // Drawn anew only where one has changed, because that takes its time.
    if (reply.ok) setSamples((before) => (isSame(before, reply.value) ? before : reply.value))
  }, [])
  useEffect(() => {
    void window.till.training.samples({}).then(show)
    // One of them may have been redeemed since.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [show, recordsRevision])

  const isCut = network === 'cut'
  const approve = useApproval()
  const switchNetwork = async (): Promise<void> => {
    const input = { network: isCut ? 'up' : 'cut' } as const
    const isGiven = await approve({
      permission: 'cut-network',
      request: 'training.setNetwork',
      input,
      subject: isCut ? 'training:panel.restore' : 'training:panel.cut',
    })
    if (isGiven) await window.till.training.setNetwork(input)
  }
  useKeys(({ key }) => {
    if (key !== 'F9') return false
    void switchNetwork()
    return true
  })
  return (
    <section className={panel['panel']} aria-labelledby="training-title">
      <div className={styles['head']}>
        <h2 id="training-title" className={panel['title']}>
          {t('panel.title')}
        </h2>
        <p className={styles['hint']}>{t('panel.hint')}</p>
        <Button
          className={buttons['quiet'] ?? ''}
          onPress={() => void window.till.training.renewSamples({}).then(show)}
        >
          <RefreshCcw aria-hidden size={18} />
          {t('panel.renew')}
        </Button>
        <Button
          className={buttons[isCut ? 'primary' : 'quiet'] ?? ''}
          onPress={() => void switchNetwork()}
          data-testid="training-network"
        >
          {isCut ? <PlugZap aria-hidden size={18} /> : <Unplug aria-hidden size={18} />}
          {t(isCut ? 'panel.restore' : 'panel.cut')}
          <Shortcut keys="F9" />
        </Button>
      </div>
      <ul className={styles['samples']}>
        {samples.map((sample) => (
          <SampleCard key={sample.code} sample={sample} language={language} onScan={onScan} />
        ))}
      </ul>
    </section>
  )
}

function isSame(before: readonly SampleCoupon[], now: readonly SampleCoupon[]): boolean {
  return JSON.stringify(before) === JSON.stringify(now)
}

/** Memoized because every scan redraws the shell around it. */
export const TrainingPanel = memo(DrawnTrainingPanel)
