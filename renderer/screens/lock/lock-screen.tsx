import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { PersonChoice } from '../../components/person-choice.tsx'
import { usePersonKeys } from '../../components/use-person-keys.ts'
import { PinEntry } from '../../components/pin-entry.tsx'
import { defaultScannerProfile } from '../../scanner/scanner-profile.ts'
import { useScanner } from '../../scanner/use-scanner.ts'
import { lastPerson } from '../../shell/last-person.ts'
import { usePin } from '../../shell/use-pin.ts'
import { RecoverDialog } from './recover-dialog.tsx'
import styles from './lock-screen.module.css'

/** The one who works here most likely: who signed in last, who has the shift, or the only one there is. */
function likeliest({ session, shift }: AppSnapshot): string | null {
  const { staff } = session
  const [only] = staff.length === 1 ? staff : []
  const found =
    staff.find(({ id }) => id === lastPerson()) ??
    staff.find(({ name }) => name === shift.current?.openedBy) ??
    only
  return found?.id ?? null
}

/** Asks who works here now. Nothing is redeemed before somebody has signed in. */
export function LockScreen({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('shell')
  const { session } = snapshot
  const [hasScanned, setHasScanned] = useState(false)
  const onScanned = (): void => setHasScanned(true)
  // A coupon scanned too early must not be typed into the PIN field, where it would count as a wrong PIN.
  useScanner({
    profile: snapshot.scanner ?? defaultScannerProfile,
    onScan: onScanned,
    onRejected: onScanned,
  })
  const [chosen, setChosen] = useState<string | null>(likeliest(snapshot))
  const [isRecovering, setIsRecovering] = useState(false)
  const pin = usePin()
  const choose = (id: string): void => {
    setChosen(id)
    pin.forget()
  }
  usePersonKeys(isRecovering ? [] : session.staff, chosen, choose)
  return (
    <main className={styles['screen']} data-testid="lock">
      <section className={styles['sheet']}>
        <h1 className={styles['title']}>{t('lock.title')}</h1>
        {hasScanned && (
          <p className={styles['early']} role="alert" data-testid="scanned-early">
            {t('lock.scanned')}
          </p>
        )}
        {session.unreadable > 0 && (
          <p className={styles['early']} role="alert" data-testid="staff-unreadable">
            {t('lock.unreadable', { count: session.unreadable })}
          </p>
        )}
        <div className={styles['columns']}>
          <PersonChoice
            label={t('lock.who')}
            staff={session.staff}
            chosen={chosen}
            onChoose={choose}
          />
          {chosen === null ? (
            <p className={styles['hint']}>{t('lock.hint')}</p>
          ) : (
            <PinEntry
              key={chosen}
              label={t('pin.label')}
              submitLabel={t('lock.submit')}
              fault={pin.fault}
              isBusy={pin.isBusy}
              onSubmit={(typed) =>
                void pin.run(window.till.session.signIn({ id: chosen, pin: typed }))
              }
            />
          )}
        </div>
        {session.recovery.exists && (
          <Button
            className={buttons['quiet'] ?? ''}
            data-testid="recover-open"
            onPress={() => setIsRecovering(true)}
          >
            {t('lock.recover.open')}
          </Button>
        )}
      </section>
      {isRecovering && <RecoverDialog session={session} onClose={() => setIsRecovering(false)} />}
    </main>
  )
}
