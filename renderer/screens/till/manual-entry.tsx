import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { maxPayloadLength } from '../../../main/contract/counter-requests.ts'
import buttons from '../../components/buttons.module.css'
import { type ManualSource, CodeField } from '../../components/code-field.tsx'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import forms from '../../components/forms.module.css'
import { Keypad } from '../../components/keypad.tsx'
import { Shortcut } from '../../components/shortcut.tsx'

interface ManualEntryProps {
  readonly onClose: () => void
  readonly onSubmit: (code: string, source: ManualSource) => void
}

/** For a code that no scanner can read. A scan while it is open goes to the till and closes the dialog. */
export function ManualEntry({ onClose, onSubmit }: ManualEntryProps) {
  const { t } = useTranslation('till')
  const [code, setCode] = useState('')
  const [source, setSource] = useState<ManualSource>('typed')
  const submit = (text: string, by: ManualSource): void => {
    if (text.trim() !== '') onSubmit(text, by)
  }
  return (
    <Dialog title={t('manual.title')} onClose={onClose} dismissable>
      <CodeField
        label={t('manual.label')}
        description={t('manual.hint')}
        value={code}
        onChange={(text, by) => {
          setCode(text)
          setSource(by)
        }}
        onSubmit={submit}
        // A pasted web address carries its code, and is longer than one.
        maxLength={maxPayloadLength}
        takesFocus
      />
      <div className={forms['roomy']}>
        <Keypad
          value={code}
          maxLength={maxPayloadLength}
          onChange={(text) => {
            setCode(text)
            setSource('typed')
          }}
        />
      </div>
      <DialogButtons>
        <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
          {t('manual.cancel')}
          <Shortcut keys="Esc" />
        </Button>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={code.trim() === ''}
          onPress={() => submit(code, source)}
        >
          {t('manual.submit')}
          <Shortcut keys="↵" />
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
