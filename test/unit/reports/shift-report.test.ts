import { describe, expect, test } from 'vitest'
import type { PaperSection } from '../../../main/contract/paper-text.ts'
import { recordsRequests } from '../../../main/contract/records-requests.ts'
import { shiftReportText } from '../../../main/contract/shift-report-text.ts'
import type { ShiftReport } from '../../../main/contract/shift-report.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'
import { paperPage } from '../../../main/reports/paper-page.ts'
import { redemptionSlip } from '../../../main/reports/redemption-slip.ts'
import { shiftReportCsv } from '../../../main/reports/shift-report-csv.ts'
import {
  emptyDetail,
  emptyReport,
  fullDetail,
  fullReport,
  issuer,
} from '../../support/report-fixture.ts'

const words = wordsOn('linux')

function section<K extends PaperSection['kind']>(
  of: ShiftReport,
  kind: K,
  key: string,
): Extract<PaperSection, { kind: K }> {
  const found = shiftReportText(of, words['zh-CN'], 'zh-CN').sections.find(
    (each): each is Extract<PaperSection, { kind: K }> => each.kind === kind && each.key === key,
  )
  if (found === undefined) throw new Error(`no section ${key}`)
  return found
}

function remarkOf(basis: ShiftReport['basis']): readonly string[] {
  return shiftReportText({ ...fullReport, basis }, words.en, 'en').remarks
}

function valueIn(of: ShiftReport, key: string, name: string): string | undefined {
  return section(of, 'facts', key).facts.find((fact) => fact.key === name)?.value
}

describe('a shift report in words', () => {
  test('names who, when and how much', () => {
    const text = shiftReportText(fullReport, words['zh-CN'], 'zh-CN')
    expect(text.total).toBe('核销 133 张，优惠 25,635.50元，另 2 张金额未知')
    expect(text.head.map(({ name }) => name)).toEqual(['开班', '交班', '制表', '交接', '备注'])
    expect(text.head[0]?.value).toContain('小陈')
    expect(text.head[1]?.value).toContain('未登录')
    expect(text.head[3]?.value).toBe('2 张交给 李"强，未接手')
    expect(valueIn(fullReport, 'sums', 'released')).toBe('5')
    expect(text.signatures).toEqual(['交班人签字', '接班人签字'])
  })

  test('never prints an unknown value as 0, and says how many there are', () => {
    const table = section(fullReport, 'table', 'stocks')
    expect(table.rows.map(({ cells }) => cells.at(-1))).toEqual([
      '30.50元',
      '25,600元',
      '5元，另 1 张金额未知',
      '1 张金额未知',
      '0元',
    ])
    expect(valueIn(fullReport, 'sums', 'honoured')).toBe('3 张，10元，另 1 张金额未知')
    expect(valueIn(fullReport, 'sums', 'honouredOpen')).toBe('1 张，金额未知')
    expect(valueIn(fullReport, 'sums', 'losses')).toBe('0 张，0元')
  })

  test('ends its tables with what their rows add up to', () => {
    for (const key of ['stocks', 'cashiers'])
      expect(section(fullReport, 'table', key).total).toEqual([
        '合计',
        '133',
        '1',
        '16',
        '2',
        '25,635.50元，另 2 张金额未知',
      ])
  })

  test('says what was redeemed in no shift before it, and since when', () => {
    expect(valueIn(fullReport, 'outside', 'outside')).toBe(
      '核销 2 张，优惠 10元，另 1 张金额未知；退券 0，被拒 0，未完成 0',
    )
    expect(section(fullReport, 'facts', 'outside').facts[0]?.name).toMatch(/交班后，到本班开班前$/)
    expect(valueIn(emptyReport, 'outside', 'outside')).toBe('没有核销')
    expect(valueIn({ ...emptyReport, outside: null }, 'outside', 'outside')).toBe(
      '没有统计：太多了',
    )
  })

  test('lists below the figures of the closing what changed since, with what they would be now', () => {
    const { lines, rest } = section(fullReport, 'lines', 'since')
    expect(lines.map(({ text }) => text)).toEqual([
      '尾号 0012 核销成功',
      '尾号 0013 退券成功',
      '尾号 A-1= 人工处理（王<b>芳</b>）',
    ])
    expect(rest).toBe('还有 4 条，见核销记录')
    expect(valueIn(fullReport, 'now', 'nowTotal')).toBe('核销 0 张，优惠 0元')
    const unchanged = { ...fullReport, since: { changes: [], more: 0, now: null } }
    expect(section(unchanged, 'lines', 'since')).toMatchObject({ lines: [], rest: '没有变化' })
  })

  test('says whether its figures still grow, are those of the closing, or were not kept', () => {
    expect(remarkOf('growing')).toEqual(['The shift is open: the figures still grow.'])
    expect(remarkOf('kept')[0]).toContain('do not change any more')
    expect(remarkOf('not-kept')[0]).toContain('were not kept')
  })

  test('is as wide in every row as its columns', () => {
    for (const language of ['zh-CN', 'en'] as const)
      for (const each of shiftReportText(fullReport, words[language], language).sections) {
        if (each.kind !== 'table') continue
        for (const cells of [...each.rows.map((row) => row.cells), each.total])
          expect(cells).toHaveLength(each.columns.length)
      }
  })
})

describe.each(['A4', '80mm', '58mm'] as const)('on %s', (paper) => {
  const text = shiftReportText(fullReport, words.en, 'en')
  const page = paperPage(text, issuer, paper, { words: words.en.paper, language: 'en' })

  test('names and notes are text and never markup, and nothing is loaded or run', () => {
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).toContain('李&quot;强')
    expect(page).toContain('王&lt;b&gt;芳&lt;/b&gt;')
    expect(page).not.toMatch(/<(script|img|link|iframe|object)|\son\w+=|javascript:/i)
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  })

  test('it begins with the shop, the merchant and the till, and practice says so', () => {
    for (const part of [issuer.shopName, issuer.merchantId, issuer.tillId])
      expect(page).toContain(part)
    expect(page).not.toContain('TRAINING')
    const practice = paperPage(text, { ...issuer, isTraining: true }, paper, {
      words: words.en.paper,
      language: 'en',
    })
    expect(practice).toContain('TRAINING')
  })

  test('what a table says is all there', () => {
    const sums = text.sections.flatMap((each) => (each.kind === 'table' ? (each.total ?? []) : []))
    expect(sums).toContain('133')
    for (const cell of sums) expect(page).toContain(cell)
  })
})

test('a slip says what happened to one redemption, and what was given for it', () => {
  const slip = redemptionSlip(fullDetail, 0, words['zh-CN'], 'zh-CN')
  expect(slip.total).toBe('已核销')
  expect(slip.head.find(({ key }) => key === 'deducted')?.value).toBe('5元')
  const [timeline] = slip.sections
  const lines = timeline?.kind === 'lines' ? timeline.lines.map(({ text }) => text) : []
  expect(lines).toContain('先给优惠 · 店长同意 · 王芳: 老顾客 <b>可以</b>相信')
  expect(lines[3]).toContain('500 SYSTEM_ERROR 系统繁忙，请稍后重试 · Request-ID 08F78')
  const givenOf = (detail: typeof fullDetail) =>
    redemptionSlip(detail, 0, words.en, 'en').head.find(({ key }) => key === 'deducted')?.value
  expect(givenOf(emptyDetail)).toBe('No discount given')
  const { redemption } = fullDetail
  const unknown = { ...redemption, given: { at: 0, by: null, fen: null }, honouredValueFen: null }
  expect(givenOf({ ...fullDetail, redemption: unknown })).toBe('1 of unknown value')
})

describe('in a spreadsheet', () => {
  const csv = shiftReportCsv(fullReport, issuer, words.en, 'en')

  test('numbers are plain, what looks like a formula is none, and what is unknown is empty', () => {
    expect(csv.startsWith('\uFEFF')).toBe(true)
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")",12,3,1,0,2,30.50,0\r\n`)
    expect(csv).toContain('Batch unknown,13,1,0,0,0,,1\r\n')
    expect(csv).toContain('Total,,133,1,16,2,25635.50,2\r\n')
    expect(csv).toContain('Kept by customers,5\r\n')
    expect(csv).toContain('of these open,1,,1\r\n')
  })

  test('it says who it is from, and what is in no shift or came later', () => {
    expect(csv).toContain('Merchant id,1900000109\r\nTill,T01\r\n')
    expect(csv).toContain('饮品券,12,2,0,0,0,10.00,1\r\n')
    expect(csv).toContain('Code ending 0013: Given back\r\n')
    expect(shiftReportCsv(fullReport, { ...issuer, isTraining: true }, words.en, 'en')).toMatch(
      /^\uFEFFTRAINING,/,
    )
  })
})

describe('what the page may say of a report is which shift, and on what', () => {
  const { 'report.print': print, 'report.save': save, 'history.print': slip } = recordsRequests

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
    expect(slip.input.safeParse({ useRequestNo: 'T01-1', paper: '58mm' }).success).toBe(true)
    const forged = { useRequestNo: 'T01-1', paper: '58mm', timeline: [] }
    expect(slip.input.safeParse(forged).success).toBe(false)
  })
})
