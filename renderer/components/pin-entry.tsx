import { useState } from 'react'
import { Button } from 'react-aria-components'
import { longestPin } from '../../main/contract/staff.ts'
import buttons from './buttons.module.css'
import { CodeField } from './code-field.tsx'
import { Keypad } from './keypad.tsx'
import styles from './pin-entry.module.css'

interface PinEntryProps {
  readonly label: string
  readonly submitLabel: string
  /** What was wrong with the last PIN, in words. */
  readonly fault: string | null
  readonly isBusy: boolean
  readonly onSubmit: (pin: string) => void
}

const shortest = 4

/** Takes a PIN by keyboard or by touch. It shows only dots, and no input method reaches it. */
export function PinEntry({ label, submitLabel, fault, isBusy, onSubmit }: PinEntryProps) {
  const [pin, setPin] = useState('')
  const isReady = pin.length >= shortest && !isBusy
  const submit = (): void => {
    if (!isReady) return
    onSubmit(pin)
    setPin('')
  }
  return (
    <div className={styles['entry']}>
      <CodeField
        label={label}
        value={pin}
        onChange={setPin}
        onSubmit={submit}
        allows={isDigit}
        maxLength={longestPin}
        secret
        invalid={fault !== null}
        takesFocus
      />
      <p className={styles['fault']} role="alert" data-testid="pin-fault">
        {fault}
      </p>
      <Keypad value={pin} maxLength={longestPin} onChange={setPin} />
      <Button className={buttons['primary'] ?? ''} isDisabled={!isReady} onPress={submit}>
        {submitLabel}
      </Button>
    </div>
  )
}

function isDigit(char: string): boolean {
  return /^\d$/.test(char)
}
