import { FieldError, Input, Label, Text, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import {
  type CopyDiscount,
  faultOfCopyPattern,
  fillCopyPattern,
} from '../../../main/contract/copy-discount.ts'
import { Choice } from '../../components/choice.tsx'
import forms from '../../components/forms.module.css'
import styles from './settings-screen.module.css'

interface CopyDiscountFormProps {
  readonly value: CopyDiscount
  readonly onChange: (value: CopyDiscount) => void
}

/** Whether a discount goes into the clipboard, in which pattern, and how that looks. */
export function CopyDiscountForm({ value, onChange }: CopyDiscountFormProps) {
  const { t } = useTranslation('copy')
  const { when, pattern } = value
  const fault = faultOfCopyPattern(pattern)
  const sample = fillCopyPattern(pattern, {
    amount: '10.00',
    payable: '58.00',
    total: '68.00',
    code4: '0042',
    batch: t('sampleBatch'),
  })
  return (
    <section className={styles['copy']} data-testid="copy-settings">
      <Choice
        label={t('when')}
        value={when}
        options={[
          { value: 'never', label: t('never') },
          { value: 'asked', label: t('asked'), hint: t('askedHint') },
          { value: 'always', label: t('always'), hint: t('alwaysHint') },
        ]}
        onChange={(next) => onChange({ ...value, when: next })}
      />
      <p className={forms['hint']}>{t('whenHint')}</p>
      {when !== 'never' && (
        <>
          <TextField
            className={forms['field'] ?? ''}
            value={pattern}
            isInvalid={fault !== null}
            onChange={(next) => onChange({ ...value, pattern: next })}
          >
            <Label className={forms['label'] ?? ''}>{t('pattern')}</Label>
            <Input className={forms['input'] ?? ''} data-testid="copy-pattern" spellCheck={false} />
            {fault !== null && (
              <FieldError className={forms['fault'] ?? ''} data-testid="copy-fault">
                {t(`fault.${fault}`)}
              </FieldError>
            )}
            <Text slot="description" className={forms['hint'] ?? ''}>
              {t('patternHint')}
            </Text>
          </TextField>
          {fault === null && (
            <p>
              <output data-testid="copy-preview">{t('preview', { text: sample })}</output>
            </p>
          )}
          <p className={forms['hint']}>{t('stale')}</p>
        </>
      )}
    </section>
  )
}
