import { describe, expect, test } from 'vitest'
import type { StockView } from '../../../main/contract/redemption-view.ts'
import { describeStock } from '../../../renderer/format/stock.ts'
import { startTranslations } from '../../../renderer/i18n/translations.ts'

const percentCoupon: StockView = {
  stockId: '100',
  name: '周末折扣',
  kind: 'DISCOUNT',
  discountFen: null,
  thresholdFen: null,
  payPercent: 88,
  exchangePriceFen: null,
  goodsName: null,
}

describe('the text for a percentage discount', () => {
  const translations = startTranslations('linux')
  const chinese = translations.getFixedT('zh-CN', 'till')
  const english = translations.getFixedT('en', 'till')

  test.each([
    [88, '打8.8折', '12% off'],
    [95, '打9.5折', '5% off'],
    [80, '打8折', '20% off'],
    [5, '打0.5折', '95% off'],
    [88.5, '打8.85折', '11.5% off'],
  ])('%d %% to pay is %s', (payPercent, zh, en) => {
    const stock = { ...percentCoupon, payPercent }
    expect(describeStock(stock, chinese, 'zh-CN')).toBe(zh)
    expect(describeStock(stock, english, 'en')).toBe(en)
  })

  test('names the threshold first', () => {
    const stock = { ...percentCoupon, thresholdFen: 10_000 }
    expect(describeStock(stock, chinese, 'zh-CN')).toBe('满 100元 打8.8折')
    expect(describeStock(stock, english, 'en')).toBe('12% off from ¥100')
  })
})
