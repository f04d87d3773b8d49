import { type RefObject, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { longestPin, pinPattern } from '../../main/contract/pin.ts'
import buttons from './buttons.module.css'
import { CodeField } from './code-field.tsx'
import { Keypad } from './keypad.tsx'
import styles from './pin-entry.module.css'

interface PinFieldProps {
  readonly label: string
  readonly value: string
  /** What was wrong with the last PIN, in words. */
  readonly fault: string | null
  readonly onChange: (pin: string) => void
  readonly onSubmit: () => void
}

/** Takes a PIN by keyboard or by touch. It shows only dots, and no input method reaches it. */
export function PinField({ label, value, fault, onChange, onSubmit }: PinFieldProps) {
  const entry = useRef<HTMLDivElement>(null)
  useFocusAfterClick(entry)
  return (
    <div ref={entry} className={styles['entry']}>
      <CodeField
        label={label}
        value={value}
        onChange={onChange}
        onSubmit={onSubmit}
        allows={isDigit}
        maxLength={longestPin}
        secret
        invalid={fault !== null}
        takesFocus
      />
      <p className={styles['fault']} role="alert" data-testid="pin-fault">
        {fault}
      </p>
      <Keypad value={value} maxLength={longestPin} onChange={onChange} />
    </div>
  )
}

/** Brings the focus back after a click, as on the name that is chosen already: what is typed next is the PIN. */
function useFocusAfterClick(entry: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onClick = ({ target }: MouseEvent): void => {
      const isForOther = target instanceof Element && target.closest(otherField) !== null
      const dialog = [...document.querySelectorAll('[role=dialog]')].at(-1)
      const isCovered = dialog !== undefined && !dialog.contains(entry.current)
      if (!isForOther && !isCovered)
        entry.current?.querySelector<HTMLElement>('[role=textbox]')?.focus()
    }
    window.addEventListener('click', onClick)
    return () => window.removeEventListener('click', onClick)
  }, [entry])
}

/** Where something else is typed. */
const otherField = 'input:not([type=radio]), label:has(input:not([type=radio])), [role=textbox]'

interface PinEntryProps extends Pick<PinFieldProps, 'label' | 'fault'> {
  readonly submitLabel: string
  readonly isBusy: boolean
  readonly onSubmit: (pin: string) => void
}

/** Takes a PIN, with a button of its own. */
export function PinEntry({ label, submitLabel, fault, isBusy, onSubmit }: PinEntryProps) {
  const [pin, setPin] = useState('')
  const isReady = isWholePin(pin) && !isBusy
  const submit = (): void => {
    if (!isReady) return
    onSubmit(pin)
    setPin('')
  }
  return (
    <div className={styles['entry']}>
      <PinField label={label} value={pin} fault={fault} onChange={setPin} onSubmit={submit} />
      <Button className={buttons['primary'] ?? ''} isDisabled={!isReady} onPress={submit}>
        {submitLabel}
      </Button>
    </div>
  )
}

/** Whether it has as many digits as a PIN. */
export function isWholePin(pin: string): boolean {
  return pinPattern.test(pin)
}

function isDigit(char: string): boolean {
  return /^\d$/.test(char)
}
