import { useState } from 'react'
import { CodeField } from '../../components/code-field.tsx'

interface NumberSettingProps {
  readonly label: string
  readonly description?: string
  readonly value: number
  /** How many stored units make one shown unit: 100 for fen shown as yuan. */
  readonly per?: number
  readonly onChange: (value: number) => void
}

/** A field for a whole number that no input method can change. Other text is marked as wrong and changes nothing. */
export function NumberSetting({
  label,
  description,
  value,
  per = 1,
  onChange,
}: NumberSettingProps) {
  const [text, setText] = useState(String(value / per))
  const isNumber = /^\d{1,7}$/.test(text)
  return (
    <CodeField
      label={label}
      {...(description !== undefined && { description })}
      value={text}
      maxLength={7}
      invalid={!isNumber}
      allows={(char) => /^\d$/.test(char)}
      onChange={(next) => {
        setText(next)
        if (/^\d{1,7}$/.test(next)) onChange(Number(next) * per)
        else onChange(Number.NaN)
      }}
    />
  )
}
