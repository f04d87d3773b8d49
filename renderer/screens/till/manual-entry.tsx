import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { maxPayloadLength } from '../../../main/contract/payload-length.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { type ManualSource, CodeField } from '../../components/code-field.tsx'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import forms from '../../components/forms.module.css'
import { Keypad } from '../../components/keypad.tsx'
import { Shortcut } from '../../components/shortcut.tsx'
import { fitsLength } from './typed-code.ts'

interface ManualEntryProps {
  readonly snapshot: Pick<AppSnapshot, 'codeLengths' | 'wrapping'>
  readonly onClose: () => void
  readonly onSubmit: (code: string, source: ManualSource) => void
}

/** For a code that no scanner can read. A scan while it is open goes to the till and closes the dialog. */
export function ManualEntry({ snapshot, onClose, onSubmit }: ManualEntryProps) {
  const { t } = useTranslation('till')
  const [code, setCode] = useState('')
  const [source, setSource] = useState<ManualSource>('typed')
  /** How long the text was that cannot be a code; `null` while nothing was wrong. It stays, to be completed. */
  const [wrongLength, setWrongLength] = useState<number | null>(null)
  const { codeLengths, wrapping } = snapshot
  const submit = (text: string, by: ManualSource): void => {
    const { length } = text.trim()
    if (length === 0) return
    if (fitsLength(text, { codeLengths, prefixes: wrapping.prefixes })) onSubmit(text, by)
    else setWrongLength(length)
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
          setWrongLength(null)
        }}
        onSubmit={submit}
        // A pasted web address carries its code, and is longer than one.
        maxLength={maxPayloadLength}
        takesFocus
        invalid={wrongLength !== null}
      />
      {wrongLength !== null && (
        <p className={forms['fault']} role="alert" data-testid="manual-fault">
          {t('manual.length', { typed: wrongLength, lengths: codeLengths.join(' / ') })}
        </p>
      )}
      <div className={forms['roomy']}>
        <Keypad
          value={code}
          maxLength={maxPayloadLength}
          onChange={(text) => {
            setCode(text)
            setSource('typed')
            setWrongLength(null)
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
