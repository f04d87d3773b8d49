import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ChainSetup, ShopServerView } from '../../../main/contract/chain.ts'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'
import { ChainCode } from './chain-code.tsx'
import { ChainFacts } from './chain-facts.tsx'
import { ChainGate } from './chain-gate.tsx'
import { ChainQuestion } from './chain-question.tsx'
import { ChainTills } from './chain-tills.tsx'
import styles from './settings-screen.module.css'
import type { ChainAsking } from './use-chain-setup.ts'

interface ChainServerProps {
  readonly asking: ChainAsking
  readonly server: ShopServerView
  /** The till of this computer, as the server's own. */
  readonly joined: ChainSetup['joined']
}

/** The shop's server, on this computer. */
export function ChainServer({ asking, server, joined }: ChainServerProps) {
  const { t } = useTranslation('chain')
  const { ask, isBusy } = asking
  const [question, setQuestion] = useState<'key' | 'stop' | null>(null)
  const isWell = server.state === 'running'
  // What the gate says is said there.
  const own = joined === null || joined.state === 'checked' || joined.state === 'gathering'
  return (
    <>
      <output
        className={styles['standing']}
        data-testid="chain-server-state"
        data-state={server.state}
      >
        {t(`serverState.${server.state}`)}
      </output>
      {isWell && joined !== null && !own && (
        <output data-testid="chain-state" data-state={joined.state}>
          {t(`state.${joined.state}`)}
        </output>
      )}
      {server.isDiskLow && (
        <p className={forms['fault']} role="alert">
          {t('here.diskLow')}
        </p>
      )}
      <ChainGate asking={asking} gate={server.gate} isRunning={isWell} />
      {server.tills.length === 1 && server.pairing.ended === null && <p>{t('here.done')}</p>}
      <ChainCode asking={asking} server={server} />
      <ChainTills asking={asking} server={server} />
      <ChainFacts server={server} />
      <h3>{t('more.title')}</h3>
      <div className={styles['row']}>
        <Button
          className={buttons['danger'] ?? ''}
          isDisabled={isBusy}
          data-testid="chain-key"
          onPress={() => setQuestion('key')}
        >
          {t('more.key')}
        </Button>
        <Button
          className={buttons['danger'] ?? ''}
          isDisabled={isBusy}
          data-testid="chain-stop"
          onPress={() => setQuestion('stop')}
        >
          {t('more.stop')}
        </Button>
      </div>
      {isBusy && <output>{t('busy')}</output>}
      {question !== null && (
        <ChainQuestion
          title={t(`ask.${question}.title`)}
          what={[t(`ask.${question}.what`)]}
          run={t(`ask.${question}.run`)}
          onRun={() =>
            void ask(() =>
              question === 'key'
                ? window.till.chain.changeKey({})
                : window.till.chain.stopServer({}),
            )
          }
          onClose={() => setQuestion(null)}
        />
      )}
    </>
  )
}
