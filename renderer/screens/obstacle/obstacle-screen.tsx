import {
  FileX,
  HardDrive,
  KeyRound,
  Languages,
  RefreshCw,
  Settings,
  ShieldAlert,
} from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Obstacle } from '../../../main/contract/obstacle.ts'
import { isMismatch } from '../../../main/contract/mismatch.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { OwnerConfirm } from '../../shell/owner-confirm.tsx'
import { WhatItWas } from './what-it-was.tsx'
import { RestoreForm } from '../settings/restore-form.tsx'
import { otherLanguage } from '../../shell/use-shortcuts.ts'
import styles from './obstacle-screen.module.css'

interface ObstacleScreenProps {
  readonly snapshot: AppSnapshot
  readonly obstacle: Obstacle
  readonly onSetUp: () => void
}

/** Shown instead of the till: what happened, what it means, and what to do on this computer. Scans are ignored here. */
export function ObstacleScreen({ snapshot, obstacle, onSetUp }: ObstacleScreenProps) {
  const { t } = useTranslation('setup')
  // Damaged records are not repaired by setting up the merchant again.
  const isOfRecords = obstacle.code.startsWith('records-')
  // Nothing is wrong: somebody is on the way from one computer to another.
  const isCalm = obstacle.code === 'moved-here' || obstacle.code === 'decommissioned'
  const [isRetrying, setIsRetrying] = useState(false)
  const retry = async (): Promise<void> => {
    setIsRetrying(true)
    await window.till.app.retry({})
    setIsRetrying(false)
  }
  return (
    <main className={styles['screen']} data-testid="obstacle" data-code={obstacle.code}>
      <div
        className={styles['panel']}
        data-confirm={isMismatch(obstacle.code)}
        data-calm={isCalm}
        role="alert"
      >
        <ObstacleIcon code={obstacle.code} />
        <h1 className={styles['title']}>{t(`obstacle.${obstacle.code}.title`)}</h1>
        <p className={styles['what']}>{t(`obstacle.${obstacle.code}.what`)}</p>
        <Remedy obstacle={obstacle} />
        {isMismatch(obstacle.code) && <OwnerConfirm owners={obstacle.owners} />}
        {obstacle.decommissioned !== null && <WhatItWas was={obstacle.decommissioned} />}
        {(obstacle.code === 'data-key-missing' || obstacle.code === 'decommissioned') && (
          <section className={styles['restore']}>
            <RestoreForm owners={obstacle.owners} isEmptyHere />
          </section>
        )}
        <div className={styles['buttons']}>
          {!isCalm && (
            <Button
              className={buttons['primary'] ?? ''}
              isDisabled={isRetrying}
              onPress={() => void retry()}
            >
              <RefreshCw aria-hidden size={20} />
              {t(isRetrying ? 'screen.retrying' : 'screen.retry')}
            </Button>
          )}
          {!isOfRecords && (!isMismatch(obstacle.code) || obstacle.code === 'tampered-profile') && (
            <Button className={buttons[isCalm ? 'primary' : 'quiet'] ?? ''} onPress={onSetUp}>
              <Settings aria-hidden size={20} />
              {t('screen.open')}
            </Button>
          )}
          <Button
            className={buttons['quiet'] ?? ''}
            onPress={() =>
              void window.till.preferences.set({ language: otherLanguage(snapshot.language) })
            }
          >
            <Languages aria-hidden size={20} />
            {t('screen.language')}
          </Button>
        </div>
      </div>
    </main>
  )
}

function ObstacleIcon({ code }: Pick<Obstacle, 'code'>) {
  const shown = { 'aria-hidden': true, className: styles['icon'] ?? '' }
  if (isMismatch(code)) return <ShieldAlert {...shown} />
  if (code.startsWith('records-')) return <HardDrive {...shown} />
  return code === 'settings-damaged' ? <FileX {...shown} /> : <KeyRound {...shown} />
}

function Remedy({ obstacle }: { readonly obstacle: Obstacle }) {
  const { t } = useTranslation('setup')
  const { code } = obstacle
  if (code !== 'keychain-unavailable' && code !== 'keychain-locked')
    return <p className={styles['remedy']}>{t(`obstacle.${code}.action`)}</p>
  const state = code === 'keychain-locked' ? 'locked' : 'unavailable'
  return (
    <>
      <p className={styles['remedy']}>{t(`keychain.${state}.${window.till.platform}`)}</p>
      <p className={styles['what']}>{t('keychain.never')}</p>
    </>
  )
}
