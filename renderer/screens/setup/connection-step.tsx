import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import { isGoodFinding } from '../../../main/contract/connection-finding.ts'
import { OwnerConfirm } from '../../shell/owner-confirm.tsx'
import { SetupResult } from './setup-result.tsx'
import styles from './setup-screen.module.css'
import { type SetupStep, stepThatFixes, stepThatMendsFault } from './setup-steps.ts'
import type { SetupOutcome, SetupProps } from './use-setup.ts'

/** Tests the connection to WeChat Pay and saves the set-up. Where the test fails, links to the step that fixes it. */
export function ConnectionStep({ setup }: SetupProps) {
  const { t } = useTranslation('setup')
  const { outcome, form, taken } = setup
  const isTested = outcome.kind === 'tested'
  const isGood = isTested && isGoodFinding(outcome.report.finding)
  // It is saved for later, when nobody is there to see it refused.
  const isNext = form.isNextCertificate && taken.merchant.names.length > 0
  const mends = stepFor(outcome, isGood)
  return (
    <>
      <p>{t('screen.connectionText', { merchantId: form.merchantId, tillId: form.tillId })}</p>
      <SetupResult outcome={outcome} />
      {outcome.kind === 'owner-needed' && (
        <OwnerConfirm owners={outcome.owners} onConfirmed={() => void setup.save()} />
      )}
      <div className={styles['buttons']}>
        {mends !== null && (
          <Button
            className={buttons['primary'] ?? ''}
            data-testid="setup-mend"
            onPress={() => setup.go(mends)}
          >
            {t('screen.goTo', { step: t(`screen.step.${mends}`) })}
          </Button>
        )}
        {isTested && (isGood || !isNext) && (
          <Button
            className={buttons[isGood ? 'primary' : 'quiet'] ?? ''}
            onPress={() => void setup.save()}
          >
            {t(isGood ? 'screen.save' : 'screen.saveAnyway')}
          </Button>
        )}
        <Button
          className={buttons[isTested ? 'quiet' : 'primary'] ?? ''}
          isDisabled={outcome.kind === 'busy'}
          onPress={() => void setup.test()}
        >
          {t('screen.test')}
        </Button>
      </div>
    </>
  )
}

/** The step where what went wrong is mended. */
function stepFor(outcome: SetupOutcome, isGood: boolean): SetupStep | null {
  if (outcome.kind === 'fault') return stepThatMendsFault(outcome.fault)
  return outcome.kind === 'tested' && !isGood ? stepThatFixes(outcome.report.finding) : null
}
