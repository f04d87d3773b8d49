import type { WebContents } from 'electron'
import type { PaperDocument } from '../reports/paper-document.ts'
import type { PrintOutcome } from '../contract/report-file.ts'
import { onPaper } from './paper-window.ts'

const micronsPerMillimetre = 1000
const millimetresPerInch = 25.4
/** On A4; a roll's paper has its margins in its own style. */
const marginMillimetres = 15

/** Opens the system's print dialog with a paper. */
export function printPaper(document: PaperDocument): Promise<PrintOutcome> {
  return onPaper(document, async (contents, { width, height }) => {
    if ((await contents.getPrintersAsync()).length === 0) return 'no-printer'
    const isRoll = document.paper !== 'A4'
    return print(contents, {
      pageSize: isRoll
        ? { width: width * micronsPerMillimetre, height: height * micronsPerMillimetre }
        : 'A4',
      margins: { marginType: isRoll ? 'none' : 'default' },
    })
  })
}

/** Returns a paper as a PDF. */
export function pdfOfPaper(document: PaperDocument): Promise<Buffer> {
  const margin = document.paper === 'A4' ? marginMillimetres / millimetresPerInch : 0
  return onPaper(document, (contents, { width, height }) =>
    contents.printToPDF({
      pageSize: { width: width / millimetresPerInch, height: height / millimetresPerInch },
      margins: { top: margin, bottom: margin, left: margin, right: margin },
      printBackground: true,
    }),
  )
}

function print(
  contents: WebContents,
  options: Electron.WebContentsPrintOptions,
): Promise<PrintOutcome> {
  return new Promise((resolve) => {
    contents.print(options, (isPrinted, reason) =>
      resolve(isPrinted ? 'printed' : /cancel/i.test(reason) ? 'cancelled' : 'failed'),
    )
  })
}
