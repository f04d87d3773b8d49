import { expect, test } from 'vitest'
import { daysOf } from '../../../main/app/money-range.ts'
import { noMoney } from '../../../main/app/shift-sums.ts'
import { moneyText } from '../../../main/contract/money-text.ts'
import type { Money, MoneyRow } from '../../../main/contract/money.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'
import { moneyCsv } from '../../../main/reports/money-csv.ts'
import { issuer } from '../../support/report-fixture.ts'

const at = Date.parse('2026-01-05T20:00:00+08:00')
const words = wordsOn('linux')

function row(change: Partial<MoneyRow>): MoneyRow {
  return { ...noMoney(), ...change }
}

const taken = { count: -1, fen: -1050, unknown: 0 }
const unknown = { count: 2, fen: 0, unknown: 2 }
const money: Money = {
  at,
  days: { first: '2026-01-05', last: '2026-01-05', from: at, until: at + 1 },
  place: 'all',
  total: row({ given: { count: 1, fen: -1050, unknown: 2 }, confirmed: taken, lost: unknown }),
  cashiers: [
    { name: '=HYPERLINK("http://x")', ...row({ given: taken, confirmed: taken }) },
    { name: '+86@', ...row({ given: unknown, lost: unknown }) },
  ],
  stocks: [{ stockId: '12', name: '-1+1', ...row({ given: taken, confirmed: taken }) }],
  hours: [{ hour: 9, ...row({ given: taken, confirmed: taken }) }],
  earlier: { coupons: 1, money: row({ given: taken, confirmed: taken }) },
  excess: { coupons: 1, fen: 1499 },
  later: 3,
  shifts: [],
}

test('a spreadsheet has no formula of anybody’s, and what was taken back is a number', () => {
  const lines = moneyCsv(money, issuer, words.en, 'en').split('\r\n')
  const start = (text: string): string[] => lines.filter((line) => line.startsWith(text))
  expect(start(`"'=HYPERLINK(""http://x"")",-10.50,-1,0,-10.50,-1,0`)).toHaveLength(1)
  expect(start("'-1+1,12,-10.50")).toHaveLength(1)
  // Nothing known: no 0, but how many.
  expect(start("'+86@,,2,2,0.00,0,0")).toHaveLength(1)
  for (const line of lines) expect(line).not.toMatch(/(?:^|,)"?[=+@]/)
})

test.each(['zh-CN', 'en'] as const)(
  'on paper (%s) unknown sums are said, and late changes',
  (language) => {
    const { total, remarks, sections } = moneyText(money, words[language], language)
    expect(total).toContain('-¥10.50')
    expect(total).toMatch(/2/)
    expect(remarks).toHaveLength(3)
    expect(remarks[0]).toContain('¥14.99')
    expect(sections.map(({ key }) => key)).toEqual(['sums', 'cashiers', 'stocks', 'hours'])
    expect(JSON.stringify(sections)).not.toContain('¥0.00')
  },
)

test.each([
  ['today', '2026-01-05', '2026-01-05'],
  ['yesterday', '2026-01-04', '2026-01-04'],
  // A Monday.
  ['week', '2026-01-05', '2026-01-05'],
  ['month', '2026-01-01', '2026-01-05'],
] as const)('%s', (range, first, last) => {
  expect(daysOf(range, at)).toMatchObject({ first, last })
})

test('a week begins on Monday also on a Sunday, and before Beijing’s midnight', () => {
  const sunday = Date.parse('2026-01-11T23:59:59.999+08:00')
  expect(daysOf('week', sunday)).toMatchObject({ first: '2026-01-05', last: '2026-01-11' })
  expect(daysOf('week', sunday + 1)).toMatchObject({ first: '2026-01-12', last: '2026-01-12' })
})
