import { expect, test } from 'vitest'
import { startTranslations } from '../../../renderer/i18n/translations.ts'
import { offlineLine } from '../../../renderer/screens/till/offline-line.ts'
import { sumWords } from '../../../renderer/screens/till/sum-words.ts'

const unknown = { mode: 'honour', limit: 'value-unknown' } as const

test('the rule for outages names the threshold where the total is known to be below it', () => {
  const told = { offline: unknown, instruction: 'not-yet' } as const
  expect(offlineLine({ ...told, shortFen: 1200 })).toBe('limit.below-threshold')
  expect(offlineLine({ ...told, shortFen: null })).toBe('limit.value-unknown')
})

test('what was given already is not said to be within the limits', () => {
  const offline = { mode: 'honour', limit: null } as const
  expect(offlineLine({ offline, shortFen: null, instruction: 'give' })).toBe('honour')
  expect(offlineLine({ offline, shortFen: null, instruction: 'already-given' })).toBeNull()
})

test('a percentage is said as such, with how to get the sum, which no phone shows', () => {
  const t = startTranslations('linux').getFixedT('zh-CN', 'till')
  const redemption = {
    stock: {
      stockId: '12',
      name: '满50打88折',
      kind: 'DISCOUNT',
      discountFen: null,
      thresholdFen: 5000,
      payPercent: 88,
      exchangePriceFen: null,
      goodsName: null,
    },
  }
  expect(sumWords({ deductFen: null, redemption }, t, 'zh-CN')).toEqual({
    sum: '打8.8折',
    hint: '输入订单金额可算出应收',
  })
  expect(sumWords({ deductFen: 600, redemption }, t, 'zh-CN').hint).toBeNull()
})
