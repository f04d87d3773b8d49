import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { DiscountCopyView } from '../../../main/contract/copy-discount.ts'
import buttons from '../../components/buttons.module.css'
import styles from './order-line.module.css'

/** What of the verdict is in the clipboard, or can be put there. */
export function CopyLine({ copy }: { readonly copy: DiscountCopyView | null }) {
  const { t } = useTranslation('copy')
  if (copy === null) return null
  const { text, isCopied } = copy
  return isCopied ? (
    <output className={styles['copied']} data-testid="copied">
      {t('copied', { text })}
    </output>
  ) : (
    <Button
      className={`${buttons['quiet']} ${styles['copy']}`}
      data-testid="copy"
      onPress={() => void window.till.counter.copyDiscount({})}
    >
      {t('copy', { text })}
    </Button>
  )
}
