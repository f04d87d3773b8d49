import { describe, expect, test } from 'vitest'
import { recordsRequests } from '../../../main/contract/records-requests.ts'
import type { ShiftReport } from '../../../main/contract/shift-report.ts'
import { shiftReportText } from '../../../main/contract/shift-report-text.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'
import { shiftReportCsv } from '../../../main/reports/shift-report-csv.ts'
import { shiftReportPage } from '../../../main/reports/shift-report-page.ts'

const words = wordsOn('linux')
const at = Date.parse('2026-01-05T20:00:00+08:00')
const nothing = { count: 0, fen: 0 }
const report: ShiftReport = {
  shift: {
    id: 7,
    openedBy: '小陈',
    openedAt: at - 1000,
    closedBy: '-',
    closedAt: at,
    note: '<script>alert(1)</script>',
    handedOn: { count: 2, fen: 300, to: '李"强', acknowledgedBy: null, acknowledgedAt: null },
  },
  at,
  stocks: [
    {
      stockId: '12',
      name: '=HYPERLINK("http://x")',
      redeemed: 3,
      returned: 1,
      refused: 0,
      open: 2,
      deductedFen: 3050,
    },
    { stockId: '13', name: null, redeemed: 1, returned: 0, refused: 0, open: 0, deductedFen: null },
  ],
  cashiers: [{ name: null, redeemed: 4 }],
  honoured: { count: 1, fen: 1000 },
  honouredOpen: nothing,
  losses: nothing,
  ungiven: { notGiven: 0, released: 5, returnRefused: 0 },
}

describe('a shift report in words', () => {
  test('names who, when and how much', () => {
    const text = shiftReportText(report, words['zh-CN'].shift, 'zh-CN')
    expect(text.total).toBe('核销 4 张')
    expect(text.head.map(([name]) => name)).toEqual(['开班', '交班', '制表', '交接', '备注'])
    expect(text.head[0]?.[1]).toContain('小陈')
    expect(text.head[1]?.[1]).toContain('未登录')
    expect(text.head[3]?.[1]).toBe('2 张交给 李"强，未接手')
    expect(text.tables[0]?.rows.map(({ cells }) => cells)).toEqual([
      ['=HYPERLINK("http://x")', '3', '1', '0', '2', '30.50元'],
      ['批次未知', '1', '0', '0', '0', '—'],
    ])
    expect(text.sums.find(({ key }) => key === 'honoured')?.value).toBe('1 张，10元')
    expect(text.sums.find(({ key }) => key === 'released')?.value).toBe('5')
  })

  test('is as wide in every row as its columns', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { tables } = shiftReportText(report, words[language].shift, language)
      for (const { columns, rows } of tables)
        for (const { cells } of rows) expect(cells).toHaveLength(columns.length)
    }
  })
})

test('on paper, names and notes are text and never markup, and nothing is loaded or run', () => {
  const text = shiftReportText(report, words.en.shift, 'en')
  const page = shiftReportPage(text, '58mm')
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).toContain('李&quot;强')
  expect(page).not.toMatch(/<(script|img|link|iframe|object)|\son\w+=|javascript:/i)
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  expect(page).toContain('class="roll"')
  expect(shiftReportPage(text, 'A4')).toContain('class="sheet"')
})

test('in a spreadsheet, numbers are plain and what looks like a formula is none', () => {
  const csv = shiftReportCsv(report, words.en.shift, 'en')
  expect(csv.startsWith('\uFEFF')).toBe(true)
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")",12,3,1,0,2,30.50\r\n`)
  expect(csv).toContain('Batch unknown,13,1,0,0,0,\r\n')
  expect(csv).toContain('Kept by customers,5\r\n')
})

describe('what the page may say of a report is which shift, and on what', () => {
  const { 'report.print': print, 'report.save': save } = recordsRequests

  test.each([
    { shiftId: 1, file: { kind: 'csv' } },
    { shiftId: 1, file: { kind: 'pdf', paper: 'A4' } },
  ])('%j', (input) => {
    expect(save.input.safeParse(input).success).toBe(true)
  })

  test.each([
    { shiftId: 1, file: { kind: 'csv', rows: [['what the page likes']] } },
    { shiftId: 1, file: { kind: 'csv' }, name: '../../report' },
    { name: 'report', file: { kind: 'csv' } },
    { shiftId: 1, file: { kind: 'pdf', paper: 'A4', html: '<b>' } },
    { shiftId: 1, file: { kind: 'text', text: 'x' } },
  ])('and not %j', (input) => {
    expect(save.input.safeParse(input).success).toBe(false)
  })

  test('nor is the page itself printed', () => {
    expect(print.input.safeParse({ paper: 'A4' }).success).toBe(false)
    expect(print.input.safeParse({ shiftId: 1, paper: 'A4' }).success).toBe(true)
  })
})
