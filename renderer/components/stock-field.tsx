import { useEffect, useState } from 'react'
import { Button, Input, Label, Text, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { RequestOutput } from '../../main/contract/api.ts'
import buttons from './buttons.module.css'
import forms from './forms.module.css'

interface StockFieldProps {
  readonly value: string
  readonly onChange: (stockId: string) => void
}

const longestStockId = 20

/**
 * Asks for a coupon's batch when the till does not know it: one button for each batch seen before, or a typed number.
 */
export function StockField({ value, onChange }: StockFieldProps) {
  const { t } = useTranslation('review')
  const [stocks, setStocks] = useState<RequestOutput<'history.names'>['stocks']>([])
  useEffect(() => {
    void window.till.history.names({}).then((reply) => {
      if (reply.ok) setStocks(reply.value.stocks)
    })
  }, [])
  return (
    <>
      <TextField
        className={forms['field'] ?? ''}
        value={value}
        onChange={onChange}
        maxLength={longestStockId}
      >
        <Label className={forms['label'] ?? ''}>{t('stock.label')}</Label>
        <Input className={forms['input'] ?? ''} data-testid="stock-id" />
        <Text slot="description" className={forms['hint'] ?? ''}>
          {t('stock.hint')}
        </Text>
      </TextField>
      <div className={forms['choices']}>
        {stocks.map(({ stockId, name }) => (
          <Button
            key={stockId}
            className={buttons['quiet'] ?? ''}
            data-testid="stock-choice"
            onPress={() => onChange(stockId)}
          >
            {name === '' ? stockId : name}
          </Button>
        ))}
      </div>
    </>
  )
}
