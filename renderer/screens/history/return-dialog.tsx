import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import { ReasonDialog } from '../../shell/reason-dialog.tsx'
import { StockField } from '../../components/stock-field.tsx'
import { describeStock } from '../../format/stock.ts'

interface ReturnDialogProps {
  readonly redemption: RedemptionView
  readonly language: Language
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Returns a redeemed coupon to its customer, with a reason and, for a cashier, a supervisor's PIN. */
export function ReturnDialog({ redemption, language, onClose, onDone }: ReturnDialogProps) {
  const { t } = useTranslation(['history', 'review'])
  const { t: tillWords } = useTranslation('till')
  const { useRequestNo, codeTail, stock, stockId: known, returnRefused } = redemption
  const [stockId, setStockId] = useState('')
  // After a refused return the batch itself may be wrong, even where the till knows one.
  const asksStock = known == null || returnRefused != null

  function inputOf(why: string) {
    const told = stockId.trim()
    return { useRequestNo, why, stockId: told === '' ? null : told }
  }

  async function returnCoupon(why: string) {
    const reply = await window.till.redemption.return(inputOf(why))
    if (!reply.ok) return t('review:fault.failed')
    if (!reply.value.ok) return t(`review:fault.${reply.value.error.code}`)
    onDone()
    return null
  }

  return (
    <ReasonDialog
      title={t('return.title', { tail: codeTail })}
      text={t('return.text', {
        stock: stock ? describeStock(stock, tillWords, language) : t('return.unknown'),
      })}
      hasUsualReason
      suggestions={t('return.suggestions', { returnObjects: true })}
      submitLabel={t('return.submit')}
      order={{ permission: 'return', request: 'redemption.return', inputOf }}
      onSubmit={returnCoupon}
      onClose={onClose}
    >
      {asksStock && <StockField value={stockId} onChange={setStockId} />}
    </ReasonDialog>
  )
}
