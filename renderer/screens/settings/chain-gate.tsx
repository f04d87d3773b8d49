import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ShopServerView } from '../../../main/contract/chain.ts'
import buttons from '../../components/buttons.module.css'
import { ChainQuestion } from './chain-question.tsx'
import styles from './settings-screen.module.css'
import type { ChainAsking } from './use-chain-setup.ts'

interface ChainGateProps {
  readonly asking: ChainAsking
  readonly gate: ShopServerView['gate']
  readonly isRunning: boolean
}

/** Whether the server grants anything yet, and which tills it waits for after it has lost its disk. */
export function ChainGate({ asking, gate, isRunning }: ChainGateProps) {
  const { t } = useTranslation('chain')
  const { ask, isBusy } = asking
  /** As the person was shown them: others that are missing meanwhile are another question. */
  const [asked, setAsked] = useState<ShopServerView['gate']['missing'] | null>(null)
  const { state, missing, lastLoss } = gate
  if (!isRunning) return null
  if (state !== 'gathering' || missing.length === 0)
    return (
      <p data-testid="chain-gate" data-state={state}>
        {t(state === 'open' ? 'gate.open' : 'gate.unknown')}
      </p>
    )
  return (
    <section className={styles['exports']} data-testid="chain-gate" data-state={state}>
      <h3 className={styles['warning']}>{t('gate.title')}</h3>
      {lastLoss !== null && <p>{t(`gate.${lastLoss}`)}</p>}
      <p>{t('gate.why')}</p>
      <p className={styles['suggested']} data-testid="chain-missing">
        {t('gate.missing', { names: namesOf(missing) })}
      </p>
      <div className={styles['row']}>
        <Button
          className={buttons['danger'] ?? ''}
          isDisabled={isBusy}
          data-testid="chain-open-gate"
          onPress={() => setAsked(missing)}
        >
          {t('gate.go')}
        </Button>
      </div>
      {asked !== null && (
        <ChainQuestion
          title={t('ask.gate.title', { names: namesOf(asked) })}
          what={[t('ask.gate.what')]}
          run={t('ask.gate.run')}
          onRun={() =>
            void ask(() => window.till.chain.openGate({ shown: asked.map(({ key }) => key) }))
          }
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}

function namesOf(missing: ShopServerView['gate']['missing']): string {
  return missing.map(({ name }) => name).join(', ')
}
