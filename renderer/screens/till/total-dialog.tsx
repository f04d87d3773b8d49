import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import { Keypad } from '../../components/keypad.tsx'
import forms from '../../components/forms.module.css'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import { Shortcut } from '../../components/shortcut.tsx'
import { faultOfYuan, isAmountChar, isBegunSum, parseYuan } from '../../format/money.ts'

interface TotalDialogProps {
  readonly text: string
  /** The text is the order's total as it was: what is typed replaces it. */
  readonly isOld: boolean
  readonly onClose: () => void
  readonly onSet: (totalFen: number | null) => void
  readonly onText: (text: string) => void
  /** A scan came that could not be read: shown here, because it may have changed the amount too. */
  readonly asksAgain: boolean
}

export const longestTotal = 10

/**
 * Asks for the order's total, for cashiers who let the till do the sum. A scan while it is open takes the total as
 * typed.
 */
export function TotalDialog(props: TotalDialogProps) {
  const { text, isOld, onText, onClose, onSet, asksAgain } = props
  const { t } = useTranslation('till')
  const [isAsked, setIsAsked] = useState(false)
  const type = (typed: string): void => {
    setIsAsked(false)
    onText(typed)
  }
  const total = parseYuan(text)
  const fault = text === '' ? null : faultOfYuan(text)
  // What was said for Enter stays until the text changes.
  const isSaid = fault !== null && (isAsked || !isBegunSum(text))
  const submit = (): void => {
    if (fault === null) onSet(total)
    else setIsAsked(true)
  }
  return (
    <Dialog title={t('total.title')} onClose={onClose} dismissable testId="total-dialog">
      <CodeField
        label={t('total.label')}
        description={t('total.hint')}
        value={text}
        onChange={type}
        onSubmit={submit}
        allows={isAmountChar}
        maxLength={longestTotal}
        invalid={isSaid}
        takesFocus
        startsSelected={isOld}
      />
      <p className={forms['fault']} role="alert" data-testid="total-wrong">
        {isSaid && t(`total.wrong.${fault}`)}
      </p>
      <div className={forms['roomy']}>
        <Keypad value={isOld ? '' : text} maxLength={longestTotal} hasPoint onChange={type} />
      </div>
      <p className={forms['fault']} role="alert" data-testid="total-again">
        {asksAgain && t('total.again')}
      </p>
      <DialogButtons>
        <Button className={buttons['quiet'] ?? ''} onPress={() => onSet(null)}>
          {t('total.none')}
        </Button>
        <Button className={buttons['primary'] ?? ''} data-testid="total-set" onPress={submit}>
          {t('total.submit')}
          <Shortcut keys="↵" />
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
