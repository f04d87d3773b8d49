import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import { LockScreen } from '../screens/lock/lock-screen.tsx'
import { Banners } from './banners.tsx'
import styles from './shell.module.css'
import { StatusBar } from './status-bar.tsx'
import { useCounterInFront } from './use-counter-in-front.ts'
import { useBlurAfterClick } from './use-blur-after-click.ts'
import { useLanguageShortcut } from './use-shortcuts.ts'

/** What is in sight while nobody is signed in. */
export function LockedShell({ snapshot }: { readonly snapshot: AppSnapshot }) {
  useLanguageShortcut(snapshot.language)
  useBlurAfterClick()
  useCounterInFront(false)
  return (
    <div className={styles['locked']}>
      <Banners snapshot={snapshot} onSetUp={null} onGo={null} />
      <LockScreen snapshot={snapshot} />
      {!snapshot.compact && <StatusBar snapshot={snapshot} onMend={null} onQueue={null} />}
    </div>
  )
}
