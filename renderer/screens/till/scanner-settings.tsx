import { useState } from 'react'
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import { Shortcut } from '../../components/shortcut.tsx'
import { CalibrationWizard } from '../../scanner/calibration/calibration-wizard.tsx'
import { ConnectionSettings } from './connection-settings.tsx'
import { PlacementSettings } from './placement-settings.tsx'
import styles from './scanner-settings.module.css'
import { WrappingSettings } from './wrapping-settings.tsx'

interface ScannerSettingsProps {
  readonly snapshot: AppSnapshot
  readonly onClose: () => void
  /** Called with true while calibration receives the scans; on the other pages they go to the till as usual. */
  readonly onCalibrating: (isCalibrating: boolean) => void
}

const pages = ['calibration', 'connection', 'contents', 'window'] as const

/** Everything that a shop sets about its scanner. The main process stores it. */
export function ScannerSettings({ snapshot, onClose, onCalibrating }: ScannerSettingsProps) {
  const { t } = useTranslation('scanner')
  const [page, setPage] = useState<(typeof pages)[number]>('calibration')
  return (
    <Dialog title={t('calibration.title')} onClose={onClose} wide>
      <Tabs
        selectedKey={page}
        onSelectionChange={(key) => {
          const next = pages.find((each) => each === key) ?? 'calibration'
          setPage(next)
          onCalibrating(next === 'calibration')
        }}
        className={styles['tabs'] ?? ''}
      >
        <TabList aria-label={t('calibration.title')} className={styles['tabList'] ?? ''}>
          {pages.map((each) => (
            <Tab key={each} id={each} className={styles['tab'] ?? ''}>
              {t(`tabs.${each}`)}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="calibration" className={styles['panel'] ?? ''}>
          <CalibrationWizard
            onClose={onClose}
            onSave={(scanner) => {
              void window.till.preferences.set({ scanner })
              onClose()
            }}
          />
        </TabPanel>
        <TabPanel id="connection" className={styles['panel'] ?? ''}>
          <ConnectionSettings snapshot={snapshot} />
        </TabPanel>
        <TabPanel id="contents" className={styles['panel'] ?? ''}>
          <WrappingSettings snapshot={snapshot} />
        </TabPanel>
        <TabPanel id="window" className={styles['panel'] ?? ''}>
          <PlacementSettings snapshot={snapshot} />
        </TabPanel>
      </Tabs>
      {page !== 'calibration' && (
        <DialogButtons>
          <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
            {t('calibration.close')}
            <Shortcut keys="Esc" />
          </Button>
        </DialogButtons>
      )}
    </Dialog>
  )
}
