import { GraduationCap, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import buttons from '../components/buttons.module.css'
import { hintOf, steps } from './steps.ts'
import styles from './tutorial.module.css'

interface TutorialProps {
  readonly snapshot: AppSnapshot
  readonly onClose: () => void
}

/** Walks a new cashier through every colour, an outage and the review, on the real till with practice coupons. */
export function Tutorial({ snapshot, onClose }: TutorialProps) {
  const { t } = useTranslation('help')
  const [at, setAt] = useState(0)
  const shown = snapshot.counter.shown?.presentationNo
  const [begun] = useState(shown)
  const step = steps[at]
  // A verdict from before the tutorial began does not count.
  if (step && shown !== begun && step.isDone(snapshot)) setAt(at + 1)
  const hint = step === undefined ? null : hintOf(step.name, snapshot)
  return (
    <aside className={styles['card']} data-testid="tutorial" data-step={step?.name ?? 'done'}>
      <GraduationCap aria-hidden size={22} />
      <strong>
        {step ? t('tutorialStep', { step: at + 1, count: steps.length }) : t('tutorialDone')}
      </strong>
      <p aria-live="polite">
        {t(step === undefined ? 'step.done' : (hint ?? `step.${step.name}`))}
      </p>
      <Button className={buttons['quiet'] ?? ''} aria-label={t('tutorialClose')} onPress={onClose}>
        <X aria-hidden size={18} />
      </Button>
    </aside>
  )
}
