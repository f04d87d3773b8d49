import { Check } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import {
  isComplete,
  mayOpen,
  type SetupAnswers,
  setupSteps,
  type SetupStep,
} from './setup-steps.ts'
import styles from './step-list.module.css'

interface StepListProps {
  readonly answers: SetupAnswers
  readonly current: SetupStep
  readonly onOpen: (step: SetupStep) => void
}

/** Shows how far set-up has come. A step that may be opened is a button. */
export function StepList({ answers, current, onOpen }: StepListProps) {
  const { t } = useTranslation('setup')
  return (
    <ol className={styles['steps']} aria-label={t('screen.steps')}>
      {setupSteps.map((step, index) => {
        const isDone = isComplete(step, answers) && mayOpen(step, answers)
        return (
          <li key={step}>
            <Button
              className={styles['step'] ?? ''}
              data-testid={`setup-step-${step}`}
              data-done={isDone}
              isDisabled={!mayOpen(step, answers)}
              {...(step === current && { 'aria-current': 'step' as const })}
              onPress={() => onOpen(step)}
            >
              <span className={styles['number']} aria-hidden>
                {isDone ? <Check size={18} /> : index + 1}
              </span>
              {t(`screen.step.${step}`)}
              {isDone && <span className="visually-hidden">{t('screen.stepDone')}</span>}
            </Button>
          </li>
        )
      })}
    </ol>
  )
}
