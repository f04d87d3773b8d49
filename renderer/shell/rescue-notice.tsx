import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import buttons from '../components/buttons.module.css'
import { Dialog, DialogButtons } from '../components/dialog.tsx'

/**
 * Tells that the till's file was damaged: what was saved, where the rest is, and what to do. Stays until acknowledged.
 */
export function RescueNotice({ rescue }: { readonly rescue: AppSnapshot['rescue'] }) {
  const { t } = useTranslation('till')
  const [isRead, setIsRead] = useState(false)
  if (!rescue || isRead) return null
  const { saved, savedPending, lost, keptAs } = rescue
  return (
    <Dialog title={t('rescue.title')} onClose={() => setIsRead(true)} testId="rescue">
      <p>{t('rescue.saved', { count: saved, pending: savedPending })}</p>
      <p>{lost === null ? t('rescue.lostUnknown') : t('rescue.lost', { count: lost })}</p>
      <p>{t('rescue.kept', { path: keptAs })}</p>
      <DialogButtons>
        <Button className={buttons['primary'] ?? ''} onPress={() => setIsRead(true)}>
          {t('rescue.read')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
