import { type BrowserWindow, clipboard, dialog } from 'electron'
import { writeFile } from 'node:fs/promises'
import type { Reports } from '../app/ports.ts'
import type { Language } from '../contract/language.ts'
import type { ReportFile, ReportPaper } from '../contract/report-file.ts'
import { shiftReportText } from '../contract/shift-report-text.ts'
import type { ShiftReport } from '../contract/shift-report.ts'
import { fill } from '../contract/words/fill.ts'
import { shiftReportCsv } from '../reports/shift-report-csv.ts'
import { shiftReportPage } from '../reports/shift-report-page.ts'
import { wordsHere } from '../words-here.ts'
import { inReportWindow } from './report-window.ts'

const millimetreMicrons = 1000
/** Receipt rolls are endless, so this is a page that any report fits on. */
const rollLength = 600 * millimetreMicrons
const micronsPerInch = 25_400

/** Widths of receipt rolls. */
const rolls: Readonly<Record<Exclude<ReportPaper, 'A4'>, number>> = {
  '58mm': 58 * millimetreMicrons,
  '80mm': 80 * millimetreMicrons,
}

/** Prints and saves reports, which are composed here from the records: the page only says of which shift. */
export function createReportFiles(window: () => BrowserWindow, language: () => Language): Reports {
  return {
    print: (report, paper) =>
      inReportWindow(pageOf(report, language(), paper), (shown) => print(shown, paper)),
    save: (report, file) => saveReport(window(), report, language(), file),
    async copy(text) {
      await clipboard.writeText(text)
    },
  }
}

function pageOf(report: ShiftReport, language: Language, paper: ReportPaper): string {
  return shiftReportPage(shiftReportText(report, wordsHere(language).shift, language), paper)
}

/** Opens the system's print dialog; false when it was cancelled. */
async function print({ webContents }: BrowserWindow, paper: ReportPaper): Promise<boolean> {
  const pageSize = paper === 'A4' ? 'A4' : { width: rolls[paper], height: rollLength }
  return new Promise((resolve) => {
    webContents.print({ pageSize, margins: { marginType: 'none' } }, (isPrinted) =>
      resolve(isPrinted),
    )
  })
}

/** Asks for a file and writes the report to it; `null` when the dialog was cancelled. Rejects when the disk refuses. */
async function saveReport(
  window: BrowserWindow,
  report: ShiftReport,
  language: Language,
  file: ReportFile,
): Promise<string | null> {
  const words = wordsHere(language).shift
  const day = new Date(report.shift.openedAt).toISOString().slice(0, 10)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: `${fill(words.report.file, { day, id: report.shift.id })}.${file.kind}`,
    filters: [{ name: file.kind.toUpperCase(), extensions: [file.kind] }],
  })
  if (canceled || filePath === '') return null
  await writeFile(
    filePath,
    file.kind === 'csv'
      ? shiftReportCsv(report, words, language)
      : await inReportWindow(pageOf(report, language, file.paper), (shown) =>
          pdfOf(shown, file.paper),
        ),
  )
  return filePath
}

async function pdfOf({ webContents }: BrowserWindow, paper: ReportPaper): Promise<Buffer> {
  const pageSize =
    paper === 'A4'
      ? 'A4'
      : { width: rolls[paper] / micronsPerInch, height: rollLength / micronsPerInch }
  return webContents.printToPDF({ pageSize, printBackground: true })
}
