import { describe, expect, test } from 'vitest'
import { createPapers } from '../../../main/app/papers.ts'
import type { Language } from '../../../main/contract/language.ts'
import { ShopSettings } from '../../../main/contract/shop-settings.ts'
import { fullDetail, fullReport } from '../../support/report-fixture.ts'

const owner = { id: '1', name: '王芳', role: 'owner' } as const
const { shift } = fullReport
const { useRequestNo } = fullDetail.redemption

function papersOf(mode: 'training' | 'live', language: Language = 'zh-CN') {
  return createPapers({
    till: () => ({
      mode,
      identity: { merchantId: '1900000109', tillId: 'T07' },
      records: {
        report: () => fullReport,
        detail: (number) => (number === useRequestNo ? fullDetail : null),
      },
      shop: {
        settings: () => ShopSettings.parse({ shopName: '福满楼' }),
        shifts: { find: (id) => (id === shift.id ? shift : null) },
        recovery: { offered: (person) => (person?.id === owner.id ? 'ABCD-EFGH' : null) },
      },
    }),
    language: () => language,
    clock: () => fullReport.at,
  })
}

describe.each(['training', 'live'] as const)('in %s', (mode) => {
  const papers = papersOf(mode)

  test('every paper begins with shop, merchant and till, and practice is marked', () => {
    const all = [
      papers.ofShift(shift.id, 'A4'),
      papers.ofRedemption(useRequestNo, '58mm'),
      papers.ofRecoveryCode(owner, '80mm'),
    ]
    expect(all.map((document) => document?.paper)).toEqual(['A4', '58mm', '80mm'])
    for (const document of all) {
      for (const part of ['福满楼', '1900000109', 'T07']) expect(document?.html).toContain(part)
      expect(document?.html.includes('class="training"')).toBe(mode === 'training')
    }
  })

  test('files are named after the day and the shift', () => {
    const csv = papers.fileOfShift(shift.id, { kind: 'csv' })
    expect(csv).toMatchObject({ kind: 'csv', name: '班次报表 2026-01-05 7' })
    const pdf = papers.fileOfShift(shift.id, { kind: 'pdf', paper: '58mm' })
    expect(pdf).toMatchObject({ kind: 'pdf', paper: '58mm' })
  })
})

test('papers are in the language of the till', () => {
  expect(papersOf('live', 'en').ofShift(shift.id, 'A4')?.html).toContain('Shift report')
})

test('what is not in the records, or was offered to nobody, is on no paper', () => {
  const papers = papersOf('live')
  expect(papers.ofShift(99, 'A4')).toBeNull()
  expect(papers.fileOfShift(99, { kind: 'csv' })).toBeNull()
  expect(papers.ofRedemption('T01-unknown', 'A4')).toBeNull()
  expect(papers.ofRecoveryCode({ ...owner, id: '2' }, 'A4')).toBeNull()
  expect(papers.ofRecoveryCode(null, 'A4')).toBeNull()
})
