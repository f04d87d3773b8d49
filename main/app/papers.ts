import { beijingDay, dateOfDay } from '../contract/beijing-day.ts'
import type { Language } from '../contract/language.ts'
import { daysText, moneyText } from '../contract/money-text.ts'
import type { Money } from '../contract/money.ts'
import type { Issuer, PaperText } from '../contract/paper-text.ts'
import type { ReportFile, ReportPaper } from '../contract/report-file.ts'
import { shiftReportText } from '../contract/shift-report-text.ts'
import type { ShiftReport } from '../contract/shift-report.ts'
import type { Person } from '../contract/staff.ts'
import { fill } from '../contract/words/fill.ts'
import { historyCsv, type HistoryRows } from '../reports/history-csv.ts'
import { moneyCsv } from '../reports/money-csv.ts'
import type { FileDraft, PaperDocument } from '../reports/paper-document.ts'
import { paperPage } from '../reports/paper-page.ts'
import { recoveryPaper } from '../reports/recovery-paper.ts'
import { redemptionSlip } from '../reports/redemption-slip.ts'
import { shiftReportCsv } from '../reports/shift-report-csv.ts'
import { wordsHere } from '../words-here.ts'
import type { OpenTill } from './open-till.ts'

/**
 * Composes every paper of the till from its records: the page only says which. Each returns `null` for what is not in the
 * records, and while no till is open.
 */
export interface Papers {
  ofShift(id: number, paper: ReportPaper): PaperDocument | null
  fileOfShift(id: number, file: ReportFile): FileDraft | null
  ofRedemption(useRequestNo: string, paper: ReportPaper): PaperDocument | null
  ofMoney(money: Money, paper: ReportPaper): PaperDocument | null
  fileOfMoney(money: Money, file: ReportFile): FileDraft | null
  fileOfHistory(found: HistoryRows): FileDraft | null
  /** The recovery code that this person was offered and has not confirmed yet. */
  ofRecoveryCode(person: Person | null, paper: ReportPaper): PaperDocument | null
}

/** What papers are made of. */
interface PaperSource extends Pick<OpenTill, 'mode' | 'identity'> {
  readonly records: Pick<OpenTill['records'], 'report' | 'detail'>
  readonly shop: {
    readonly settings: OpenTill['shop']['settings']
    readonly shifts: Pick<OpenTill['shop']['shifts'], 'find'>
    readonly recovery: Pick<OpenTill['shop']['recovery'], 'offered'>
  }
}

interface PapersParts {
  readonly till: () => PaperSource | null
  readonly language: () => Language
  /** Epoch milliseconds. */
  readonly clock: () => number
}

export function createPapers({ till, language, clock }: PapersParts): Papers {
  const words = () => wordsHere(language())

  function reportOf(id: number): ShiftReport | null {
    const open = till()
    const shift = open?.shop.shifts.find(id) ?? null
    return open === null || shift === null ? null : open.records.report(shift)
  }

  function compose(text: PaperText | null, paper: ReportPaper): PaperDocument | null {
    const open = till()
    if (open === null || text === null) return null
    const said = { words: words().paper, language: language() }
    return { html: paperPage(text, issuer(open), paper, said), paper }
  }

  function ofShift(id: number, paper: ReportPaper): PaperDocument | null {
    const report = reportOf(id)
    return compose(report && shiftReportText(report, words(), language()), paper)
  }

  function ofMoney(money: Money, paper: ReportPaper): PaperDocument | null {
    return compose(moneyText(money, words(), language()), paper)
  }

  return {
    ofShift,
    ofMoney,
    fileOfMoney(money, file) {
      const open = till()
      if (open === null) return null
      const { place } = money
      const { money: said } = words()
      const name =
        typeof place === 'number'
          ? fill(said.shiftFile, { id: place })
          : fill(said.file, { days: daysText(money, words()) })
      if (file.kind === 'csv')
        return { kind: 'csv', name, text: moneyCsv(money, issuer(open), words(), language()) }
      const document = ofMoney(money, file.paper)
      return document && { kind: 'pdf', name, ...document }
    },
    fileOfHistory(found) {
      const open = till()
      if (open === null) return null
      const name = fill(words().history.file, { day: dateOfDay(beijingDay(clock())) })
      return { kind: 'csv', name, text: historyCsv(found, issuer(open), words(), language()) }
    },
    fileOfShift(id, file) {
      const open = till()
      const report = reportOf(id)
      if (open === null || report === null) return null
      const day = dateOfDay(beijingDay(report.shift.openedAt))
      const name = fill(words().shift.report.file, { day, id })
      if (file.kind === 'csv') {
        const text = shiftReportCsv(report, issuer(open), words(), language())
        return { kind: 'csv', name, text }
      }
      const document = ofShift(id, file.paper)
      return document && { kind: 'pdf', name, ...document }
    },
    ofRedemption(useRequestNo, paper) {
      const detail = till()?.records.detail(useRequestNo) ?? null
      return compose(detail && redemptionSlip(detail, clock(), words(), language()), paper)
    },
    ofRecoveryCode(person, paper) {
      const code = till()?.shop.recovery.offered(person) ?? null
      if (code === null || person === null) return null
      const of = { code, owner: person.name, at: clock() }
      return compose(recoveryPaper(of, words().paper, language()), paper)
    },
  }
}

function issuer({ mode, identity, shop }: PaperSource): Issuer {
  return { ...identity, shopName: shop.settings().shopName, isTraining: mode === 'training' }
}
