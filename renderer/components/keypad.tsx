import { Delete } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import styles from './keypad.module.css'

interface KeypadProps {
  readonly value: string
  readonly maxLength: number
  /** Whether there is a key for the point of a sum. */
  readonly hasPoint?: boolean
  readonly onChange: (text: string) => void
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** Digits to touch, for a till without a keyboard. They leave the focus where it is. */
export function Keypad({ value, maxLength, hasPoint = false, onChange }: KeypadProps) {
  const { t } = useTranslation('shell')
  const key = (char: string) => (
    <Button
      key={char}
      className={styles['key'] ?? ''}
      excludeFromTabOrder
      preventFocusOnPress
      onPress={() => onChange((value + char).slice(0, maxLength))}
    >
      {char}
    </Button>
  )
  return (
    <div className={styles['pad']} data-testid="keypad">
      {digits.map((digit) => key(digit))}
      {hasPoint ? key('.') : <span />}
      {key('0')}
      <Button
        className={styles['key'] ?? ''}
        aria-label={t('pin.delete')}
        excludeFromTabOrder
        preventFocusOnPress
        onPress={() => onChange(value.slice(0, -1))}
      >
        <Delete aria-hidden size={24} />
      </Button>
    </div>
  )
}
