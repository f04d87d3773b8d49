import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import forms from '../../components/forms.module.css'
import { Choice } from '../../components/choice.tsx'
import { ChainJoinForm } from './chain-join-form.tsx'
import { ChainJoined } from './chain-joined.tsx'
import { ChainServer } from './chain-server.tsx'
import { ChainServerForm } from './chain-server-form.tsx'
import styles from './settings-screen.module.css'
import { type ChainAsking, useChainSetup } from './use-chain-setup.ts'

/** This till among the others of its shop: alone, joined, or with the shop's server on this computer. */
export function ChainPanel() {
  const { t } = useTranslation('chain')
  const asking = useChainSetup()
  const { setup, isUnreadable, fault } = asking
  return (
    <div className={styles['form']} data-testid="chain" data-kind={kindOf(setup)}>
      <h2 className={styles['title']}>{t('title')}</h2>
      <p>{t('lead')}</p>
      {setup === null ? (
        <p>{t(isUnreadable ? 'failed' : 'loading')}</p>
      ) : setup.isLive ? (
        <Standing asking={asking} setup={setup} />
      ) : (
        <p data-testid="chain-not-live">{t('notLive')}</p>
      )}
      {fault !== null && (
        <p className={forms['fault']} role="alert" data-testid="chain-fault" data-code={fault}>
          {fault === 'port-taken' && setup?.server
            ? t('code.portTaken', { port: setup.server.port + 1 })
            : t(`fault.${fault}`)}
        </p>
      )}
    </div>
  )
}

function kindOf(setup: ChainAsking['setup']): string {
  if (setup?.isLive !== true) return 'none'
  if (setup.server !== null) return 'server'
  return setup.joined === null ? 'alone' : 'joined'
}

interface StandingProps {
  readonly asking: ChainAsking
  readonly setup: NonNullable<ChainAsking['setup']>
}

function Standing({ asking, setup }: StandingProps) {
  const { t } = useTranslation('chain')
  const [way, setWay] = useState<'join' | 'server'>('join')
  const { server, joined, stoppedFolder } = setup
  if (server !== null) return <ChainServer asking={asking} server={server} joined={joined} />
  if (joined !== null) return <ChainJoined asking={asking} joined={joined} />
  return (
    <>
      <output data-testid="chain-state">{t('alone.state')}</output>
      <Choice
        label={t('alone.what')}
        value={way}
        options={[
          { value: 'join', label: t('alone.join'), hint: t('alone.joinHint') },
          { value: 'server', label: t('alone.server'), hint: t('alone.serverHint') },
        ]}
        onChange={(next) => {
          asking.tell(null)
          setWay(next)
        }}
      />
      {way === 'join' ? (
        <ChainJoinForm asking={asking} />
      ) : (
        <ChainServerForm asking={asking} stoppedFolder={stoppedFolder} />
      )}
    </>
  )
}
