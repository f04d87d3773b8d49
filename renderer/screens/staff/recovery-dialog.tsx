import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ReportPaper } from '../../../main/contract/report-file.ts'
import type { RecoveryFault } from '../../../main/contract/staff.ts'
import buttons from '../../components/buttons.module.css'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import { PaperPicker } from '../../components/paper-picker.tsx'
import { usePrint } from '../../components/use-print.ts'
import forms from '../../components/forms.module.css'
import styles from './recovery-dialog.module.css'

interface RecoveryDialogProps {
  readonly paper: ReportPaper
  readonly onClose: () => void
}

/**
 * Shows the owner who is signed in a new recovery code, once. It counts when they say that they have written it down;
 * closing the dialog before leaves the earlier one in force.
 */
export function RecoveryDialog({ paper, onClose }: RecoveryDialogProps) {
  const { t } = useTranslation('staff')
  const [code, setCode] = useState<string | null>(null)
  const [isWritten, setIsWritten] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<RecoveryFault['code'] | 'failed' | null>(null)
  const { said, print } = usePrint(false)

  async function show(): Promise<void> {
    setIsBusy(true)
    const reply = await window.till.recovery.offer({})
    setIsBusy(false)
    if (reply.ok && reply.value.ok) setCode(reply.value.value)
    else setFault(reply.ok && !reply.value.ok ? reply.value.error.code : 'failed')
  }

  async function confirm(): Promise<void> {
    setIsBusy(true)
    const reply = await window.till.recovery.confirm({})
    setIsBusy(false)
    if (reply.ok && reply.value.ok) onClose()
    else setFault(reply.ok && !reply.value.ok ? reply.value.error.code : 'failed')
  }

  return (
    <Dialog title={t('recovery.title')} onClose={onClose} testId="recovery">
      <p>{t('recovery.why')}</p>
      {code === null ? (
        <p className={forms['hint']}>{t('recovery.once')}</p>
      ) : (
        <>
          <p className={styles['code']} aria-label={t('recovery.code')} data-testid="recovery-code">
            {code}
          </p>
          <p className={forms['hint']}>{t('recovery.keep')}</p>
          <PaperPicker paper={paper} />
          <label className={forms['check']}>
            <input
              type="checkbox"
              checked={isWritten}
              data-testid="recovery-written"
              onChange={(event) => setIsWritten(event.target.checked)}
            />
            {t('recovery.written')}
          </label>
        </>
      )}
      {said !== null && <output data-testid="print-said">{said}</output>}
      {fault && (
        <p className={forms['fault']} role="alert" data-testid="recovery-fault">
          {t(`fault.${fault}`)}
        </p>
      )}
      <DialogButtons>
        <Button className={buttons['quiet'] ?? ''} onPress={onClose} data-testid="recovery-later">
          {t('recovery.later')}
        </Button>
        {code === null ? (
          <Button
            className={buttons['primary'] ?? ''}
            isDisabled={isBusy}
            data-testid="recovery-show"
            onPress={() => void show()}
          >
            {t('recovery.show')}
          </Button>
        ) : (
          <>
            <Button
              className={buttons['quiet'] ?? ''}
              data-testid="recovery-print"
              onPress={() => void print(window.till.recovery.print({ paper }))}
            >
              {t('recovery.print')}
            </Button>
            <Button
              className={buttons['primary'] ?? ''}
              isDisabled={!isWritten || isBusy}
              data-testid="recovery-done"
              onPress={() => void confirm()}
            >
              {t('recovery.done')}
            </Button>
          </>
        )}
      </DialogButtons>
    </Dialog>
  )
}
