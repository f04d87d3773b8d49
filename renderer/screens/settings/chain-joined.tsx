import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ChainSetup } from '../../../main/contract/chain.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import { ChainJoinForm } from './chain-join-form.tsx'
import { ChainQuestion } from './chain-question.tsx'
import styles from './settings-screen.module.css'
import type { ChainAsking } from './use-chain-setup.ts'

interface ChainJoinedProps {
  readonly asking: ChainAsking
  readonly joined: NonNullable<ChainSetup['joined']>
}

/** A till whose shop's server is another computer. */
export function ChainJoined({ asking, joined }: ChainJoinedProps) {
  const { t } = useTranslation('chain')
  const { ask, isBusy, fault } = asking
  const [isLeaving, setIsLeaving] = useState(false)
  const [address, setAddress] = useState('')
  const [isMoved, setIsMoved] = useState(false)

  async function move(): Promise<void> {
    if (address.trim() === '' || isBusy) return
    setIsMoved(false)
    if (!(await ask(() => window.till.chain.setAddress({ address: address.trim() })))) return
    setAddress('')
    setIsMoved(true)
  }

  return (
    <>
      <output className={styles['standing']} data-testid="chain-state" data-state={joined.state}>
        {t(`state.${joined.state}`)}
      </output>
      <div className={styles['found']}>
        <p>{t('joined.as', { tillId: joined.tillId })}</p>
        <p>{t('joined.address', { address: joined.address })}</p>
      </div>
      {joined.state === 'not-admitted' && (
        <section className={styles['exports']} data-testid="chain-again">
          <h3>{t('join.againTitle')}</h3>
          <ChainJoinForm asking={asking} knownAddress={joined.address} />
        </section>
      )}
      <h3>{t('joined.moved')}</h3>
      <div className={styles['unlock']}>
        <CodeField
          label={t('joined.newAddress')}
          description={t('join.addressHint')}
          value={address}
          maxLength={260}
          invalid={fault === 'address-wrong'}
          onChange={setAddress}
          onSubmit={() => void move()}
        />
        {isMoved && <output className={styles['saved']}>{t('joined.saved')}</output>}
        <div className={styles['row']}>
          <Button
            className={buttons['quiet'] ?? ''}
            isDisabled={address.trim() === '' || isBusy}
            data-testid="chain-address"
            onPress={() => void move()}
          >
            {t('joined.save')}
          </Button>
        </div>
      </div>
      <div className={styles['row']}>
        <Button
          className={buttons['danger'] ?? ''}
          isDisabled={isBusy}
          data-testid="chain-leave"
          onPress={() => setIsLeaving(true)}
        >
          {t('joined.leave')}
        </Button>
      </div>
      {isBusy && <output>{t('busy')}</output>}
      {isLeaving && (
        <ChainQuestion
          title={t('ask.leave.title')}
          what={[t('ask.leave.what')]}
          run={t('ask.leave.run')}
          onRun={() => void ask(() => window.till.chain.leave({}))}
          onClose={() => setIsLeaving(false)}
        />
      )}
    </>
  )
}
