import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import { type ByHand, CodeField } from '../../components/code-field.tsx'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import { Shortcut } from '../../components/shortcut.tsx'

interface ManualEntryProps {
  readonly onClose: () => void
  readonly onSubmit: (code: string, source: ByHand) => void
}

/** Longest code that WeChat Pay knows. */
const maxCodeLength = 32

/** For a code that no scanner reads. A scan while it is open goes to the till and closes it. */
export function ManualEntry({ onClose, onSubmit }: ManualEntryProps) {
  const { t } = useTranslation('till')
  const [code, setCode] = useState('')
  const [source, setSource] = useState<ByHand>('typed')
  const submit = (text: string, by: ByHand): void => {
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
        maxLength={maxCodeLength}
        takesFocus
      />
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
