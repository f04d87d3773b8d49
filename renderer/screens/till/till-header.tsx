import { Keyboard, Languages, Minimize2, ScanBarcode, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { Clock } from './clock.tsx'
import { Shortcut } from '../../components/shortcut.tsx'
import buttons from '../../components/buttons.module.css'
import styles from './till-header.module.css'
import { otherLanguage, switchSize } from './use-shortcuts.ts'

interface TillHeaderProps {
  readonly snapshot: AppSnapshot
  readonly onManualEntry: () => void
  readonly onScannerSettings: () => void
  readonly onSetUp: () => void
  /** What there is to say of the scanner. */
  readonly children: ReactNode
}

export function TillHeader({
  snapshot,
  onManualEntry,
  onScannerSettings,
  onSetUp,
  children,
}: TillHeaderProps) {
  const { t } = useTranslation(['till', 'setup', 'window'])
  return (
    <header className={styles['header']}>
      <h1 className={styles['name']}>{t('appName')}</h1>
      {snapshot.runtime.development && (
        <span className={styles['development']} data-testid="development-runtime">
          {t('status.development', { version: snapshot.runtime.electron })}
        </span>
      )}
      <span className={styles['space']}>{children}</span>
      <Button className={buttons['quiet'] ?? ''} onPress={onManualEntry}>
        <Keyboard aria-hidden size={20} />
        {t('action.manual')}
        <Shortcut keys="F2" />
      </Button>
      <Button className={buttons['quiet'] ?? ''} onPress={onScannerSettings}>
        <ScanBarcode aria-hidden size={20} />
        {t('action.scanner')}
        <Shortcut keys="F4" />
      </Button>
      <Button className={buttons['quiet'] ?? ''} onPress={onSetUp}>
        <Settings aria-hidden size={20} />
        {t('setup:screen.open')}
      </Button>
      <Button
        className={buttons['quiet'] ?? ''}
        onPress={() => void window.till.setLanguage({ language: otherLanguage(snapshot.language) })}
      >
        <Languages aria-hidden size={20} />
        {t('action.language')}
        <Shortcut keys="F6" />
      </Button>
      <Button className={buttons['quiet'] ?? ''} onPress={() => switchSize(snapshot.placement)}>
        <Minimize2 aria-hidden size={20} />
        {t('window:compact.open')}
        <Shortcut keys="F11" />
      </Button>
      <Clock language={snapshot.language} />
    </header>
  )
}
