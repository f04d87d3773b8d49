import { expect, test } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import type { PaperText } from '../../main/contract/paper-text.ts'
import { reportPapers } from '../../main/contract/report-papers.ts'
import { shiftReportText } from '../../main/contract/shift-report-text.ts'
import { wordsOn } from '../../main/contract/words/on-platform.ts'
import { paperPage } from '../../main/reports/paper-page.ts'
import { recoveryPaper } from '../../main/reports/recovery-paper.ts'
import { redemptionSlip } from '../../main/reports/redemption-slip.ts'
import { PaperPress } from '../support/paper-press.ts'
import {
  emptyDetail,
  emptyReport,
  fullDetail,
  fullReport,
  issuer,
} from '../support/report-fixture.ts'

const catalogues = wordsOn('linux')
const widths = { A4: 210, '80mm': 80, '58mm': 58 } as const
/** Where the PDFs are left to be looked at. */
const folder = path.join(import.meta.dirname, '../../out/papers')

let press: PaperPress
test.beforeAll(async () => {
  fs.mkdirSync(folder, { recursive: true })
  press = await PaperPress.start()
})
test.afterAll(() => press.stop())

for (const language of ['zh-CN', 'en'] as const) {
  const words = catalogues[language]
  const code = { code: 'ABCD-EFGH-JKMN-PQRS', owner: '王芳', at: fullReport.at }
  const texts: Readonly<Record<string, PaperText>> = {
    'shift-empty': shiftReportText(emptyReport, words, language),
    'shift-full': shiftReportText(fullReport, words, language),
    'slip-empty': redemptionSlip(emptyDetail, fullReport.at, words, language),
    'slip-full': redemptionSlip(fullDetail, fullReport.at, words, language),
    recovery: recoveryPaper(code, words.paper, language),
  }
  for (const paper of reportPapers)
    test(`every paper in ${language} on ${paper} is one page of its own length, and nothing is cut`, async () => {
      const lengths = new Map<string, number>()
      for (const [name, text] of Object.entries(texts))
        for (const isTraining of [false, true]) {
          const html = paperPage(text, { ...issuer, isTraining }, paper, {
            words: words.paper,
            language,
          })
          const { pdf, pages, reach } = await press.press({ html, paper })
          const file = `${name}-${isTraining ? 'training' : 'live'}-${paper}-${language}`
          fs.writeFileSync(path.join(folder, `${file}.pdf`), pdf)
          // A full report may go on on a second sheet; a roll has no second.
          const mayGoOn = paper === 'A4' && name === 'shift-full'
          expect(pages.length, file).toBeLessThanOrEqual(mayGoOn ? 2 : 1)
          const [{ width, height } = { width: 0, height: 0 }] = pages
          expect(Math.abs(width - widths[paper]), file).toBeLessThan(1)
          expect(reach.from, file).toBeGreaterThanOrEqual(0)
          expect(reach.to, file).toBeLessThanOrEqual(reach.width)
          lengths.set(file, height)
        }
      const lengthOf = (name: string, mode: string) =>
        lengths.get(`${name}-${mode}-${paper}-${language}`) ?? 0
      for (const length of lengths.values())
        if (paper === 'A4') expect(Math.abs(length - 297)).toBeLessThan(1)
      if (paper === 'A4') return
      // Cut to the length of what is on it.
      expect(lengthOf('shift-full', 'live')).toBeGreaterThan(lengthOf('shift-empty', 'live') + 40)
      expect(lengthOf('shift-empty', 'training')).toBeGreaterThan(lengthOf('shift-empty', 'live'))
      expect(lengthOf('shift-empty', 'live')).toBeLessThan(240)
    })
}

test('a report that does not fit on one sheet goes on on the next, and on a roll it is one piece', async () => {
  const stock = fullReport.figures.stocks[0]
  if (stock === undefined) throw new Error('no batch')
  const stocks = Array.from({ length: 60 }, (_, at) => ({ ...stock, stockId: String(at) }))
  const report = { ...fullReport, figures: { ...fullReport.figures, stocks } }
  const words = catalogues['zh-CN']
  const text = shiftReportText(report, words, 'zh-CN')
  const pagesOn = async (paper: (typeof reportPapers)[number]) => {
    const html = paperPage(text, issuer, paper, { words: words.paper, language: 'zh-CN' })
    const { pages, pdf } = await press.press({ html, paper })
    fs.writeFileSync(path.join(folder, `long-${paper}.pdf`), pdf)
    return pages
  }
  expect((await pagesOn('A4')).length).toBeGreaterThan(1)
  const roll = await pagesOn('58mm')
  expect(roll).toHaveLength(1)
  expect(roll[0]?.height).toBeGreaterThan(700)
})
