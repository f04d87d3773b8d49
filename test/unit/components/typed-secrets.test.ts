import { describe, expect, test } from 'vitest'
import { startTranslations } from '../../../renderer/i18n/translations.ts'
import { typedPinState } from '../../../renderer/components/typed-pin.ts'
import { isOddMerchantId } from '../../../renderer/screens/setup/setup-steps.ts'
import { pinFaultText } from '../../../renderer/shell/use-pin.ts'

describe('a PIN that is being set', () => {
  test.each([
    [
      { pin: '3691', again: '', isShown: false },
      { isRepeated: false, isWrongAgain: false },
    ],
    [
      { pin: '3691', again: '369', isShown: false },
      { isRepeated: false, isWrongAgain: false },
    ],
    [
      { pin: '3691', again: '3692', isShown: false },
      { isRepeated: false, isWrongAgain: true },
    ],
    [
      { pin: '3691', again: '3691', isShown: false },
      { isRepeated: true, isWrongAgain: false },
    ],
    [
      { pin: '3691', again: '', isShown: true },
      { isRepeated: true, isWrongAgain: false },
    ],
  ])('%o is %o', (typed, state) => {
    expect(typedPinState(typed)).toEqual(state)
  })
})

describe('what was wrong is said of what was typed', () => {
  const translations = startTranslations('linux')
  const chinese = translations.getFixedT('zh-CN', 'shell')
  const wrong = { code: 'wrong-pin', triesLeft: 4 } as const

  test.each([
    [wrong, 'pin', '密码不对，还可以试 4 次'],
    [wrong, 'recovery-code', '恢复码不对，还可以试 4 次'],
    [{ code: 'not-found' }, 'pin', '找不到这位员工'],
    [{ code: 'not-found' }, 'recovery-code', '恢复码不对：请照抄下来的再输一遍'],
  ] as const)('%o of a %s', (fault, of, text) => {
    expect(pinFaultText(fault, of, chinese)).toBe(text)
  })
})

test('a merchant id of another length than those of today is pointed out', () => {
  expect(isOddMerchantId('')).toBe(false)
  expect(isOddMerchantId('1900000109')).toBe(false)
  expect(isOddMerchantId('19000001')).toBe(true)
})
