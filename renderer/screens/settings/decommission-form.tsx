import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { DecommissionDialog } from './decommission-dialog.tsx'
import styles from './settings-screen.module.css'

/** What decommissioning does, and the way to it once backups have a password. */
export function DecommissionForm({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('settings')
  const [isAsking, setIsAsking] = useState(false)
  const { hasPassword } = snapshot.backup
  return (
    <>
      <h4>{t('decommission.title')}</h4>
      <p>{t('decommission.lead')}</p>
      {!hasPassword && <p className={styles['hint']}>{t('decommission.needsPassword')}</p>}
      <div className={styles['row']}>
        <Button
          className={buttons['quiet'] ?? ''}
          isDisabled={!hasPassword}
          data-testid="decommission"
          onPress={() => setIsAsking(true)}
        >
          {t('decommission.button')}
        </Button>
      </div>
      {isAsking && <DecommissionDialog snapshot={snapshot} onClose={() => setIsAsking(false)} />}
    </>
  )
}
