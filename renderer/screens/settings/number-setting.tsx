import { useState } from 'react'
import { CodeField } from '../../components/code-field.tsx'
import { isAmountChar, readAmount } from '../../format/money.ts'

interface NumberSettingProps {
  readonly label: string
  readonly description?: string
  readonly value: number
  /** How many stored units make one shown unit: 100 for fen shown as yuan, which may have decimals. */
  readonly per?: 1 | 100
  readonly onChange: (value: number) => void
}

/** A field for a number that no input method can change. What is no such number is marked as wrong and cannot be saved. */
export function NumberSetting({
  label,
  description,
  value,
  per = 1,
  onChange,
}: NumberSettingProps) {
  const [text, setText] = useState(String(value / per))
  return (
    <CodeField
      label={label}
      {...(description !== undefined && { description })}
      value={text}
      maxLength={10}
      invalid={readAmount(text, per) === null}
      allows={isAmountChar}
      onChange={(next) => {
        setText(next)
        onChange(readAmount(next, per) ?? Number.NaN)
      }}
    />
  )
}
