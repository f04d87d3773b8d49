import { Label, Radio, RadioGroup } from 'react-aria-components'
import styles from './choice.module.css'

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly {
    readonly value: T
    readonly label: string
    readonly hint?: string
  }[]
  readonly onChange: (value: T) => void
  /** Options side by side; one below the other by default. */
  readonly isRow?: boolean
}

/** A radio group: one of a few options, all of them visible. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
  isRow = false,
}: ChoiceProps<T>) {
  return (
    <RadioGroup
      className={styles['group'] ?? ''}
      value={value}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next)
        if (chosen) onChange(chosen.value)
      }}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <div className={styles[isRow ? 'row' : 'column']}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={styles['option'] ?? ''}>
            <span className={styles['dot']} aria-hidden />
            <span>
              {option.label}
              {option.hint !== undefined && <span className={styles['hint']}>{option.hint}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
