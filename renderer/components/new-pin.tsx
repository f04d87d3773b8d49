import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { longestPin } from '../../main/contract/pin.ts'
import { CodeField } from './code-field.tsx'
import forms from './forms.module.css'
import { isWholePin } from './pin-entry.tsx'
import { type TypedPin, typedPinState } from './typed-pin.ts'

const untyped: TypedPin = { pin: '', again: '', isShown: false }

/** A PIN that is being set: typed twice, or once where it is shown. */
export function useNewPin() {
  const [typed, setTyped] = useState(untyped)
  return {
    ...typed,
    ...typedPinState(typed),
    /** Whole, and the same both times. */
    isGood: isWholePin(typed.pin) && typedPinState(typed).isRepeated,
    type: (change: Partial<TypedPin>) => setTyped((before) => ({ ...before, ...change })),
  }
}

interface NewPinProps {
  readonly newPin: ReturnType<typeof useNewPin>
  readonly label: string
  readonly hint?: string
  readonly invalid: boolean
  readonly onSubmit: () => void
}

/** The fields for a PIN that is being set. */
export function NewPin({ newPin, label, hint, invalid, onSubmit }: NewPinProps) {
  const { t } = useTranslation('staff')
  const { pin, again, isShown, isWrongAgain, type } = newPin
  return (
    <>
      <CodeField
        label={label}
        {...(hint !== undefined && { description: hint })}
        value={pin}
        onChange={(next) => type({ pin: next })}
        onSubmit={onSubmit}
        allows={(char) => /^\d$/.test(char)}
        maxLength={longestPin}
        secret={!isShown}
        invalid={invalid}
      />
      {!isShown && pin !== '' && (
        <CodeField
          label={t('pinAgain')}
          value={again}
          onChange={(next) => type({ again: next })}
          onSubmit={onSubmit}
          allows={(char) => /^\d$/.test(char)}
          maxLength={longestPin}
          secret
          invalid={isWrongAgain}
        />
      )}
      <label className={forms['check']}>
        <input
          type="checkbox"
          checked={isShown}
          data-testid="new-pin-shown"
          onChange={(event) => type({ isShown: event.target.checked })}
        />
        {t('showPin')}
      </label>
      {isWrongAgain && (
        <p className={forms['fault']} role="alert" data-testid="new-pins-differ">
          {t('pinsDiffer')}
        </p>
      )}
    </>
  )
}
