import { Calculator, Keyboard, Languages, LockKeyhole, Minimize2, ScanBarcode } from 'lucide-react'
import { memo } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../components/buttons.module.css'
import { formatSum } from '../format/money.ts'
import { HealthLine } from '../scanner/health/health-line.tsx'
import type { HealthNote } from '../scanner/health/scanner-health.ts'
import { Shortcut } from '../components/shortcut.tsx'
import { type SnapshotWithoutCounter, isSameWithoutCounter } from './snapshot-without-counter.ts'
import styles from './header.module.css'
import { may } from './permissions.ts'
import { otherLanguage, switchSize } from './use-shortcuts.ts'

interface HeaderProps {
  readonly snapshot: SnapshotWithoutCounter
  /** The current order's total, in fen. */
  readonly totalFen: number | null
  readonly onManualEntry: () => void
  readonly onScannerSettings: () => void
  readonly onTotal: () => void
  /** Notes about the scanner's health. */
  readonly notes: readonly HealthNote[]
}

function DrawnHeader({
  snapshot,
  totalFen,
  onManualEntry,
  onScannerSettings,
  onTotal,
  notes,
}: HeaderProps) {
  const { t } = useTranslation(['till', 'shell', 'window'])
  const { session, language, runtime } = snapshot
  return (
    <header className={styles['header']}>
      <h1 className={styles['name']}>{t('appName')}</h1>
      {runtime.development && (
        <span className={styles['development']} data-testid="development-runtime">
          {t('status.development', { version: runtime.electron })}
        </span>
      )}
      <span className={styles['space']}>
        <HealthLine notes={notes} />
      </span>
      {session.person && (
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="person"
          onPress={() => void window.till.session.signOut({})}
        >
          <LockKeyhole aria-hidden size={20} />
          {t('shell:person', { name: session.person.name })}
          <Shortcut keys="Ctrl L" />
        </Button>
      )}
      <Button
        className={buttons[totalFen === null ? 'quiet' : 'primary'] ?? ''}
        data-testid="total"
        onPress={onTotal}
      >
        <Calculator aria-hidden size={20} />
        {totalFen === null
          ? t('total.open')
          : t('order.total', { sum: formatSum(totalFen, language) })}
        <Shortcut keys="Ctrl T" />
      </Button>
      <Button className={buttons['quiet'] ?? ''} onPress={onManualEntry}>
        <Keyboard aria-hidden size={20} />
        {t('action.manual')}
        <Shortcut keys="F2" />
      </Button>
      {may(session, 'set-scanner') && (
        <Button className={buttons['quiet'] ?? ''} onPress={onScannerSettings}>
          <ScanBarcode aria-hidden size={20} />
          {t('action.scanner')}
          <Shortcut keys="F4" />
        </Button>
      )}
      <Button
        className={buttons['quiet'] ?? ''}
        onPress={() => void window.till.preferences.set({ language: otherLanguage(language) })}
      >
        <Languages aria-hidden size={20} />
        {t('action.language')}
        <Shortcut keys="F6" />
      </Button>
      <Button className={buttons['quiet'] ?? ''} onPress={() => switchSize(snapshot.compact)}>
        <Minimize2 aria-label={t('window:compact.open')} size={20} />
        <Shortcut keys="F11" />
      </Button>
    </header>
  )
}

/** Memoized because every scan redraws the shell around it. */
export const Header = memo(DrawnHeader, isSameWithoutCounter)
