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
 * Which batch a merchant's own code is of. A number only marks a batch and Enter chooses it: the first digits of a
 * scan reach the page before anybody can tell that it is one, and must not choose.
 */
export function StockDialog({ stocks, language, onChoose, onClose }: StockDialogProps) {
  const { t } = useTranslation('till')
  return (
    <Dialog title={t('stocks.title')} onClose={onClose} testId="stock-dialog">
      <p>{t('stocks.hint')}</p>
      <ListBox
        aria-label={t('stocks.title')}
        className={styles['list'] ?? ''}
        // The list has the focus from the start, so that a number or an arrow is enough.
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
