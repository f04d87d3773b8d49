import { type ReactNode, useState } from 'react'
import { Button, Form, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from './buttons.module.css'
import { Dialog, DialogButtons } from './dialog.tsx'
import forms from './forms.module.css'

interface ReasonDialogProps {
  readonly title: string
  /** Tells what the order does and what cannot be undone. */
  readonly text: string
  readonly children?: ReactNode
  /** Common reasons, each chosen with one press. */
  readonly suggestions: readonly string[]
  readonly submitLabel: string
  /** Resolves to what went wrong, in words; `null` when the order was carried out or the person gave up. */
  readonly onSubmit: (why: string) => Promise<string | null>
  readonly onClose: () => void
}

const longestReason = 200

/** Asks for the reason of an order, which the audit trail keeps. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useTranslation('shell')
  const [why, setWhy] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const isReady = why.trim() !== '' && !isBusy

  async function submit(): Promise<void> {
    if (!isReady) return
    setIsBusy(true)
    setFault(await props.onSubmit(why.trim()))
    setIsBusy(false)
  }

  return (
    <Dialog title={props.title} onClose={props.onClose} testId="reason-dialog">
      <p>{props.text}</p>
      {props.children}
      <Form
        className={forms['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className={forms['choices']}>
          {props.suggestions.map((suggestion) => (
            <Button
              key={suggestion}
              className={buttons['quiet'] ?? ''}
              data-testid="reason-suggestion"
              onPress={() => setWhy(suggestion)}
            >
              {suggestion}
            </Button>
          ))}
        </div>
        <TextField
          className={forms['field'] ?? ''}
          value={why}
          onChange={setWhy}
          maxLength={longestReason}
        >
          <Label className={forms['label'] ?? ''}>{t('reason.label')}</Label>
          <Input className={forms['input'] ?? ''} data-testid="reason" />
        </TextField>
        <p className={forms['fault']} role="alert" data-testid="reason-fault">
          {fault}
        </p>
        <DialogButtons>
          <Button className={buttons['quiet'] ?? ''} onPress={props.onClose}>
            {t('reason.cancel')}
          </Button>
          <Button
            className={buttons['primary'] ?? ''}
            type="submit"
            isDisabled={!isReady}
            data-testid="reason-submit"
          >
            {props.submitLabel}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
