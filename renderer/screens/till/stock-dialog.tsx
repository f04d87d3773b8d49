import { Button, ListBox, ListBoxItem } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { StockView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import buttons from '../../components/buttons.module.css'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import { Shortcut } from '../../components/shortcut.tsx'
import { describeStock } from '../../format/stock.ts'
import styles from './stock-dialog.module.css'

interface StockDialogProps {
  readonly stocks: readonly StockView[]
  readonly language: Language
  readonly onChoose: (stockId: string) => void
  readonly onClose: () => void
}

/**
 * Asks which batch a merchant's own code belongs to. A digit only marks a batch and Enter chooses it: the first digits
 * of a scan reach the page before they can be recognised as one, and must not choose.
 */
export function StockDialog({ stocks, language, onChoose, onClose }: StockDialogProps) {
  const { t } = useTranslation('till')
  return (
    <Dialog title={t('stocks.title')} onClose={onClose} testId="stock-dialog">
      <p>{t('stocks.hint')}</p>
      <ListBox
        aria-label={t('stocks.title')}
        className={styles['list'] ?? ''}
        // Focused from the start, so that one digit or arrow key is enough.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus="first"
        onAction={(key) => onChoose(String(key))}
      >
        {stocks.map((stock, at) => (
          <ListBoxItem
            key={stock.stockId}
            id={stock.stockId}
            textValue={`${at + 1} ${stock.name}`}
            className={styles['stock'] ?? ''}
            data-testid="stock-choice"
          >
            <Shortcut keys={String(at + 1)} />
            <strong>{stock.name}</strong>
            <span>{describeStock(stock, t, language)}</span>
            <span className={styles['number']}>{stock.stockId}</span>
          </ListBoxItem>
        ))}
      </ListBox>
      <DialogButtons>
        <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
          {t('stocks.cancel')}
          <Shortcut keys="Esc" />
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
