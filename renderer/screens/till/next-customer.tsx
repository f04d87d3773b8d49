import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import { Shortcut } from '../../components/shortcut.tsx'
import type { PanelContent } from './panel-content.ts'

interface NextCustomerProps {
  readonly content: PanelContent
  readonly className?: string
  readonly onPress: () => void
}

/** Ends the order. Not where the customer waits: there the choice to serve the next one says so. */
export function NextCustomer({ content, className = '', onPress }: NextCustomerProps) {
  const { t } = useTranslation('till')
  const isTold = content.kind === 'verdict' || content.kind === 'aged'
  if (!isTold || content.verdict.choices.includes('wait')) return null
  return (
    <Button
      className={`${buttons['quiet']} ${className}`}
      data-testid="next-customer"
      onPress={onPress}
    >
      {t('action.clear')}
      <Shortcut keys="Esc" />
    </Button>
  )
}
