import { type BrowserWindow, clipboard, dialog } from 'electron'
import { stringify } from 'csv-stringify/sync'
import { writeFile } from 'node:fs/promises'
import type { Reports } from '../app/ports.ts'
import type { ReportFile, ReportPaper } from '../contract/report-file.ts'

const millimetreMicrons = 1000
/** Receipt rolls are endless, so this is a page that any report fits on. */
const rollLength = 600 * millimetreMicrons
const micronsPerInch = 25_400

/** Widths of receipt rolls. */
const rolls: Readonly<Record<Exclude<ReportPaper, 'A4'>, number>> = {
  '58mm': 58 * millimetreMicrons,
  '80mm': 80 * millimetreMicrons,
}

/** Prints, saves and copies what the window shows. */
export function createReportFiles(window: () => BrowserWindow): Reports {
  return {
    print: (paper) => printReport(window(), paper),
    save: (name, file) => saveReport(window(), name, file),
    async copy(text) {
      await clipboard.writeText(text)
    },
  }
}

/** Opens the system's print dialog for what the page shows as its report; false when it was cancelled. */
async function printReport(window: BrowserWindow, paper: ReportPaper): Promise<boolean> {
  const pageSize = paper === 'A4' ? 'A4' : { width: rolls[paper], height: rollLength }
  return new Promise((resolve) => {
    window.webContents.print({ pageSize, margins: { marginType: 'none' } }, (isPrinted) =>
      resolve(isPrinted),
    )
  })
}

/** Asks for a file and writes the report to it; `null` when the dialog was cancelled. Rejects when the disk refuses. */
async function saveReport(
  window: BrowserWindow,
  name: string,
  file: ReportFile,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: `${name}.${file.kind}`,
    filters: [{ name: file.kind.toUpperCase(), extensions: [file.kind] }],
  })
  if (canceled || filePath === '') return null
  await writeFile(
    filePath,
    file.kind === 'csv' ? csvOf(file.rows) : await pdfOf(window, file.paper),
  )
  return filePath
}

/** With a byte order mark, which Excel needs to read Chinese. What looks like a formula is escaped. */
function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: true, record_delimiter: 'windows', escape_formulas: true },
  )
}

async function pdfOf(window: BrowserWindow, paper: ReportPaper): Promise<Buffer> {
  const pageSize =
    paper === 'A4'
      ? 'A4'
      : { width: rolls[paper] / micronsPerInch, height: rollLength / micronsPerInch }
  return window.webContents.printToPDF({ pageSize, printBackground: true })
}
