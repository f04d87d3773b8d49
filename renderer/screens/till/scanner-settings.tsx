import { useState } from 'react'
import {
  Button,
  Dialog,
  Modal,
  ModalOverlay,
  Tab,
  TabList,
  TabPanel,
  Tabs,
} from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { Shortcut } from '../../components/shortcut.tsx'
import { CalibrationWizard } from '../../scanner/calibration/calibration-wizard.tsx'
import { ConnectionSettings } from './connection-settings.tsx'
import overlay from './manual-entry.module.css'
import { PlacementSettings } from './placement-settings.tsx'
import styles from './scanner-settings.module.css'
import { WrappingSettings } from './wrapping-settings.tsx'

interface ScannerSettingsProps {
  readonly snapshot: AppSnapshot
  readonly onClose: () => void
  /** While the calibration listens, a scan belongs to it; on the other pages it goes to the till as ever. */
  readonly onCalibrating: (isCalibrating: boolean) => void
}

const pages = ['calibration', 'connection', 'contents', 'window'] as const

/** All that a shop sets about its scanner. The main process keeps it. */
export function ScannerSettings({ snapshot, onClose, onCalibrating }: ScannerSettingsProps) {
  const { t } = useTranslation('scanner')
  const [page, setPage] = useState<(typeof pages)[number]>('calibration')
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      className={overlay['overlay'] ?? ''}
    >
      <Modal className={`${overlay['modal']} ${styles['modal']}`}>
        <Dialog className={overlay['dialog'] ?? ''} aria-label={t('calibration.title')}>
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
            <TabPanel id="calibration">
              <CalibrationWizard
                onClose={onClose}
                onSave={(profile) => {
                  void window.till.setScanner({ profile })
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
            <div className={overlay['buttons']}>
              <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
                {t('calibration.close')}
                <Shortcut keys="Esc" />
              </Button>
            </div>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
