import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Owner, OwnerProof } from '../../main/contract/owner.ts'
import buttons from '../components/buttons.module.css'
import { CodeField } from '../components/code-field.tsx'
import { PersonChoice } from '../components/person-choice.tsx'
import { PinEntry } from '../components/pin-entry.tsx'
import styles from './owner-confirm.module.css'
import { usePin } from './use-pin.ts'

interface OwnerConfirmProps {
  /** Empty on a till without staff, where nobody can be asked. */
  readonly owners: readonly Owner[]
  readonly onConfirmed?: () => void
}

/** Asks for an owner's PIN, or their recovery code, where no till is open. */
export function OwnerConfirm({ owners, onConfirmed }: OwnerConfirmProps) {
  const { t } = useTranslation('setup')
  const [chosen, setChosen] = useState<string | null>(
    owners.length === 1 ? (owners[0]?.id ?? null) : null,
  )
  const [isByCode, setIsByCode] = useState(false)
  const [code, setCode] = useState('')
  const pin = usePin()
  const confirm = async (proof: OwnerProof): Promise<void> => {
    const of = 'recoveryCode' in proof ? 'recovery-code' : 'pin'
    if (await pin.run(window.till.owner.confirm(proof), of)) onConfirmed?.()
  }
  if (owners.length === 0)
    return (
      <section className={styles['confirm']} data-testid="owner-confirm">
        <p>{t('owner.none')}</p>
        <Button className={buttons['quiet'] ?? ''} onPress={() => void confirm({})}>
          {t('owner.goOn')}
        </Button>
      </section>
    )
  const turn = (): void => {
    setIsByCode(!isByCode)
    setCode('')
    pin.forget()
  }
  return (
    <section className={styles['confirm']} data-testid="owner-confirm">
      <h2>{t('owner.title')}</h2>
      {isByCode ? (
        <>
          <CodeField
            label={t('owner.code')}
            value={code}
            onChange={setCode}
            onSubmit={() => void confirm({ recoveryCode: code })}
            maxLength={40}
            invalid={pin.fault !== null}
            takesFocus
          />
          <p role="alert">{pin.fault}</p>
        </>
      ) : (
        <div className={styles['columns']}>
          <PersonChoice
            label={t('owner.who')}
            staff={owners.map((owner) => ({ ...owner, role: 'owner', lockedUntil: null }))}
            chosen={chosen}
            onChoose={(id) => {
              setChosen(id)
              pin.forget()
            }}
          />
          {chosen !== null && (
            <PinEntry
              key={chosen}
              label={t('pin.label', { ns: 'shell' })}
              submitLabel={t('owner.submit')}
              fault={pin.fault}
              isBusy={pin.isBusy}
              onSubmit={(typed) => void confirm({ id: chosen, pin: typed })}
            />
          )}
        </div>
      )}
      <Button className={buttons['quiet'] ?? ''} onPress={turn}>
        {t(isByCode ? 'owner.back' : 'owner.forgot')}
      </Button>
    </section>
  )
}
