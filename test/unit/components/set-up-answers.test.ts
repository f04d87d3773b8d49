import { describe, expect, test } from 'vitest'
import { hostsIn, isHostAddress } from '../../../main/contract/web-address.ts'
import { parseYuan, isAmountChar, readAmount } from '../../../renderer/format/money.ts'
import { stepThatMendsFault } from '../../../renderer/screens/setup/setup-steps.ts'

/** What a field for amounts makes of keys, one by one. */
function typed(text: string): string {
  return Array.from(text).filter(isAmountChar).join('')
}

describe('fields for numbers', () => {
  test.each([
    ['20.5', 2050],
    ['20.05', 2005],
    ['0.1', 10],
    ['1.15', 115],
    ['20', 2000],
    ['20.', null],
    ['20.555', null],
    ['20,5', null],
    ['1.2.3', null],
    ['', null],
  ])('yuan: "%s" is %s fen', (text, fen) => {
    expect(readAmount(typed(text), 100)).toBe(fen)
  })

  test.each(['20.5', '20,5', '2.0', '.5', '5.'])(
    '"%s" is no whole number, and not another one',
    (text) => {
      expect(readAmount(typed(text), 1)).toBeNull()
    },
  )

  test('a comma in a total is not left out', () => {
    expect(parseYuan(typed('20,5'))).toBeNull()
  })
})

describe('servers', () => {
  test.each([
    ['api.mch.weixin.qq.com', ['https://api.mch.weixin.qq.com']],
    [' https://a.example  b.example:8443 ', ['https://a.example', 'https://b.example:8443']],
    ['a.example，b.example', ['https://a.example', 'https://b.example']],
    ['http://127.0.0.1:80', ['http://127.0.0.1:80']],
    ['', []],
  ])('"%s" names %j', (text, hosts) => {
    expect(hostsIn(text)).toEqual(hosts)
    expect(hosts.every(isHostAddress)).toBe(true)
  })

  test.each([
    'http://a.example',
    'https://a.example/v3',
    'https://u:p@a.example',
    'ftp://a.example',
  ])('"%s" is none', (text) => {
    expect(hostsIn(text).every(isHostAddress)).toBe(false)
  })
})

test.each([
  ['merchant-id-other', 'shop'],
  ['p12-password-wrong', 'shop'],
  ['public-key-unreadable', 'key'],
  ['keychain-locked', null],
  ['failed', null],
] as const)('%s is mended at: %s', (fault, step) => {
  expect(stepThatMendsFault(fault)).toBe(step)
})
