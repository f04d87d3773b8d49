import { FieldError, Input, Label, Text, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { parseYuan } from '../format/money.ts'
import forms from './forms.module.css'

interface WorthFieldProps {
  /** As typed, in yuan. */
  readonly value: string
  readonly onChange: (yuan: string) => void
}

const longestSum = 10

/** Asks what a coupon takes off where the till does not know it. May be left empty. */
export function WorthField({ value, onChange }: WorthFieldProps) {
  const { t } = useTranslation('review')
  return (
    <TextField
      className={forms['field'] ?? ''}
      value={value}
      onChange={onChange}
      maxLength={longestSum}
      isInvalid={!isWorth(value)}
      inputMode="decimal"
    >
      <Label className={forms['label'] ?? ''}>{t('worth.label')}</Label>
      <Input className={forms['input'] ?? ''} data-testid="worth" />
      <Text slot="description" className={forms['hint'] ?? ''}>
        {t('worth.hint')}
      </Text>
      <FieldError className={forms['fault'] ?? ''}>{t('worth.invalid')}</FieldError>
    </TextField>
  )
}

/** Whether what was typed is a sum, or nothing. */
export function isWorth(yuan: string): boolean {
  return yuan.trim() === '' || parseYuan(yuan.trim()) !== null
}

/** Returns the sum in fen; `null` where nothing was typed, or no sum. */
export function worthOf(yuan: string): number | null {
  return parseYuan(yuan.trim())
}
