import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/dialog.tsx'
import { CalibrationWizard } from '../../scanner/calibration/calibration-wizard.tsx'

/** The calibration wizard in a dialog; what it learnt is kept by the main process. */
export function ScannerSettings({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('scanner')
  return (
    <Dialog title={t('calibration.title')} onClose={onClose}>
      <CalibrationWizard
        onClose={onClose}
        onSave={(profile) => {
          void window.till.setScanner({ profile })
          onClose()
        }}
      />
    </Dialog>
  )
}
