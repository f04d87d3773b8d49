import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Choice, PresentationView, Verdict } from '../../../main/contract/counter.ts'
import type { Language } from '../../../main/contract/language.ts'
import buttons from '../../components/buttons.module.css'
import { Shortcut } from '../../components/shortcut.tsx'
import styles from './choices.module.css'
import { HonourDialog } from './honour-dialog.tsx'
import { StockDialog } from './stock-dialog.tsx'
import { useChoiceKeys, type ChoiceKey } from './use-choice-keys.ts'
import { type PendingReply, useCouponRequest } from './use-coupon-request.ts'

const keyOf = {
  give: 'Insert',
  honour: 'Insert',
  keep: 'Delete',
  return: 'Delete',
  'choose-stock': 'Home',
} as const satisfies Partial<Record<Choice, ChoiceKey>>

interface ChoicesProps {
  readonly shown: PresentationView
  readonly verdict: Verdict
  readonly language: Language
  readonly onNextCustomer: () => void
}

/** What a cashier can do about the coupon shown: one button for each choice, labelled with its key. */
export function Choices({ shown, verdict, language, onNextCustomer }: ChoicesProps) {
  const { t } = useTranslation('till')
  const [asking, setAsking] = useState<'honour' | 'choose-stock' | null>(null)
  const { fault, run } = useCouponRequest()
  const { presentationNo } = shown
  const { redemption, choices, stocks } = verdict
  const order = (send: (coupon: { readonly useRequestNo: string }) => PendingReply): void => {
    if (redemption) void run(() => send({ useRequestNo: redemption.useRequestNo }))
  }

  const actions: Readonly<Record<Choice, () => void>> = {
    wait: onNextCustomer,
    'choose-stock': () => setAsking('choose-stock'),
    honour: () => setAsking('honour'),
    keep: () => order(window.till.counter.keep),
    give: () => order(window.till.counter.give),
    return: () => order(window.till.counter.return),
  }
  const pressed = (key: ChoiceKey): (() => void) | undefined => {
    const choice = choices.find((each) => each !== 'wait' && keyOf[each] === key)
    return choice && actions[choice]
  }
  useChoiceKeys(pressed)

  return (
    <div className={styles['choices']}>
      {choices.map((choice) => (
        <Button
          key={choice}
          className={buttons[choice === 'give' ? 'primary' : 'quiet'] ?? ''}
          data-testid={`choice-${choice}`}
          onPress={() => actions[choice]()}
        >
          {t(`choice.${choice}`)}
          <Shortcut keys={choice === 'wait' ? 'Esc' : keyOf[choice]} />
        </Button>
      ))}
      {fault !== null && (
        <p className={styles['fault']} role="alert" data-testid="choice-fault">
          {fault}
        </p>
      )}
      {asking === 'honour' && redemption && choices.includes('honour') && (
        <HonourDialog redemption={redemption} language={language} onClose={() => setAsking(null)} />
      )}
      {asking === 'choose-stock' && choices.includes('choose-stock') && (
        <StockDialog
          stocks={stocks}
          language={language}
          onClose={() => setAsking(null)}
          onChoose={(stockId) => {
            setAsking(null)
            void window.till.counter.chooseStock({ presentationNo, stockId })
          }}
        />
      )}
    </div>
  )
}
