import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import { CertificateStep } from './certificate-step.tsx'
import { ConnectionStep } from './connection-step.tsx'
import { KeyStep } from './key-step.tsx'
import { SetupDone } from './setup-done.tsx'
import { SetupResult } from './setup-result.tsx'
import styles from './setup-screen.module.css'
import { isComplete, type SetupStep } from './setup-steps.ts'
import { ShopStep } from './shop-step.tsx'
import { StepList } from './step-list.tsx'
import { useSetup } from './use-setup.ts'

interface SetupScreenProps {
  /** The step to begin at, where it may be opened; `null`: where a person goes on. */
  readonly startAt: SetupStep | null
  readonly onClose: () => void
}

/**
 * Sets this computer up as a live till, step by step. Each step is checked before the next opens, and what was entered
 * is kept, so that people can go on later.
 */
export function SetupScreen({ startAt, onClose }: SetupScreenProps) {
  const { t } = useTranslation('setup')
  const setup = useSetup(startAt)
  const { answers, step, outcome } = setup
  if (outcome.kind === 'done')
    return (
      <main className={styles['screen']}>
        <SetupDone saved={outcome} onClose={onClose} />
      </main>
    )
  if (step === null) return <main className={styles['screen']} data-testid="setup" />
  const isReady = isComplete(step, answers)
  const next = (): void => {
    if (isReady) void setup.next()
  }
  return (
    <main className={styles['screen']} data-testid="setup" data-step={step}>
      <div className={styles['sheet']}>
        <header className={styles['head']}>
          <h1 className={styles['title']}>{t('screen.title')}</h1>
          <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
            {t(answers.saved === null ? 'screen.stayInTraining' : 'screen.back')}
          </Button>
        </header>
        <StepList answers={answers} current={step} onOpen={setup.go} />
        <h2 key={step} ref={takeFocus} tabIndex={-1} className={styles['stepTitle']}>
          {t(`screen.step.${step}`)}
        </h2>
        {step === 'shop' && <ShopStep setup={setup} onSubmit={next} />}
        {step === 'certificate' && <CertificateStep setup={setup} />}
        {step === 'key' && <KeyStep setup={setup} onSubmit={next} />}
        {step === 'connection' ? (
          <ConnectionStep setup={setup} />
        ) : (
          <>
            <SetupResult outcome={outcome} />
            <div className={styles['buttons']}>
              <Button
                className={buttons['primary'] ?? ''}
                data-testid="setup-next"
                isDisabled={!isReady}
                onPress={next}
              >
                {t('screen.next')}
              </Button>
              {step === 'shop' && answers.form.merchantId !== '' && (
                <Button className={buttons['quiet'] ?? ''} onPress={() => void setup.startOver()}>
                  {t('screen.startOver')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </main>
  )
}

/** Keyboard and screen-reader users start at the new step. */
function takeFocus(heading: HTMLElement | null): void {
  heading?.focus()
}
