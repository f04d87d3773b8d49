import { useState } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ScanSource } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import { Shortcut } from '../../components/shortcut.tsx'
import styles from './manual-entry.module.css'

interface ManualEntryProps {
  readonly onClose: () => void
  readonly onSubmit: (code: string, source: ScanSource) => void
}

/** Longest code that WeChat Pay knows. */
const maxCodeLength = 32

/** For a code that no scanner reads. A scan while it is open goes to the till and closes it. */
export function ManualEntry({ onClose, onSubmit }: ManualEntryProps) {
  const { t } = useTranslation('till')
  const [code, setCode] = useState('')
  const submit = (text: string, source: ScanSource): void => {
    if (text.trim() !== '') onSubmit(text, source)
  }
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      className={styles['overlay'] ?? ''}
    >
      <Modal className={styles['modal'] ?? ''}>
        <Dialog className={styles['dialog'] ?? ''}>
          <Heading slot="title" className={styles['title'] ?? ''}>
            {t('manual.title')}
          </Heading>
          <CodeField
            label={t('manual.label')}
            description={t('manual.hint')}
            value={code}
            onChange={setCode}
            onSubmit={submit}
            maxLength={maxCodeLength}
            takesFocus
          />
          <div className={styles['buttons']}>
            <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
              {t('manual.cancel')}
              <Shortcut keys="Esc" />
            </Button>
            <Button
              className={buttons['primary'] ?? ''}
              isDisabled={code.trim() === ''}
              onPress={() => submit(code, 'typed')}
            >
              {t('manual.submit')}
              <Shortcut keys="↵" />
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
