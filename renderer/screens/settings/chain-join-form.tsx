import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { pairingAlphabet, pairingLength, plainPairingCode } from '../../../main/contract/chain.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import styles from './settings-screen.module.css'
import type { ChainAsking } from './use-chain-setup.ts'

/** Two groups of four and what people put between them. */
const longestTyped = pairingLength + 4

interface ChainJoinFormProps {
  readonly asking: ChainAsking
  /** The server's, where this till has been with it: it joins again. */
  readonly knownAddress?: string
}

/** Joins the shop whose server shows a code. No input method is in the way of either field. */
export function ChainJoinForm({ asking, knownAddress }: ChainJoinFormProps) {
  const { t } = useTranslation('chain')
  const { ask, isBusy, fault, tell } = asking
  const [address, setAddress] = useState(knownAddress ?? '')
  const [code, setCode] = useState('')
  const isReady = address.trim() !== '' && plainPairingCode(code).length === pairingLength

  function join(): void {
    if (isReady && !isBusy)
      void ask(() => window.till.chain.join({ address: address.trim(), code }))
  }

  return (
    <div className={styles['unlock']}>
      <p>{t('join.lead')}</p>
      <CodeField
        label={t('join.address')}
        description={t('join.addressHint')}
        value={address}
        maxLength={260}
        invalid={fault === 'address-wrong'}
        onChange={(text) => {
          tell(null)
          setAddress(text)
        }}
        onSubmit={join}
      />
      <CodeField
        label={t('join.code')}
        description={t('join.codeHint')}
        value={code}
        maxLength={longestTyped}
        invalid={fault === 'wrong-code'}
        allows={isCodeChar}
        onChange={(text) => {
          tell(null)
          setCode(text.toUpperCase())
        }}
        onSubmit={join}
      />
      <div className={styles['row']}>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!isReady || isBusy}
          data-testid="chain-join"
          onPress={join}
        >
          {t(knownAddress === undefined ? 'join.run' : 'join.again')}
        </Button>
      </div>
      {isBusy && <output>{t('join.running')}</output>}
    </div>
  )
}

function isCodeChar(char: string): boolean {
  return char === '-' || char === ' ' || pairingAlphabet.includes(char.toUpperCase())
}
