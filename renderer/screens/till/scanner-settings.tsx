import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { CalibrationWizard } from '../../scanner/calibration/calibration-wizard.tsx'
import styles from './manual-entry.module.css'

/** The calibration wizard in a dialog; what it learnt is kept by the main process. */
export function ScannerSettings({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('scanner')
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      className={styles['overlay'] ?? ''}
    >
      <Modal className={styles['modal'] ?? ''}>
        <Dialog className={styles['dialog'] ?? ''} aria-label={t('calibration.title')}>
          <CalibrationWizard
            onClose={onClose}
            onSave={(profile) => {
              void window.till.setScanner({ profile })
              onClose()
            }}
          />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
