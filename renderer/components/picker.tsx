import { ChevronDown } from 'lucide-react'
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components'
import { focusOnMount } from './focus-on-mount.ts'
import styles from './picker.module.css'

interface PickerProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
  /** Takes the focus when mounted. */
  readonly takesFocus?: boolean
}

/** Stands for the empty value, because the list component allows no empty key. */
const none = '-'

/** A drop-down list: one of many options. */
export function Picker({ label, value, options, onChange, takesFocus = false }: PickerProps) {
  return (
    <Select
      className={styles['picker'] ?? ''}
      selectedKey={value || none}
      onSelectionChange={(key) => onChange(key === none ? '' : String(key))}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <Button className={styles['button'] ?? ''} {...(takesFocus && { ref: focusOnMount })}>
        <SelectValue className={styles['value'] ?? ''} />
        <ChevronDown aria-hidden size={18} />
      </Button>
      <Popover className={styles['popover'] ?? ''}>
        <ListBox className={styles['list'] ?? ''}>
          {options.map((option) => (
            <ListBoxItem
              key={option.value || none}
              id={option.value || none}
              className={styles['option'] ?? ''}
            >
              {option.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}
