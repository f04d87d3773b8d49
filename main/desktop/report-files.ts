import { type BrowserWindow, clipboard, dialog } from 'electron'
import { writeFile } from 'node:fs/promises'
import type { Reports } from '../app/ports.ts'
import type { FileDraft, PaperDocument } from '../reports/paper-document.ts'
import type { LastFolder } from './last-folder.ts'

/** Prints papers and saves reports, which the engine composed. `window` is the parent of the dialogs. */
export function createReportFiles(window: () => BrowserWindow, last: LastFolder): Reports {
  return {
    // Loaded with the library of schemas when somebody prints.
    print: async (document) => (await import('./press.ts')).printPaper(document),
    save: (draft) => saveReport(window(), draft, last),
    async copy(text) {
      await clipboard.writeText(text)
    },
  }
}

/** Asks for a file and writes the report to it; `null` when the dialog was cancelled. Rejects when the disk refuses. */
async function saveReport(
  window: BrowserWindow,
  draft: FileDraft,
  last: LastFolder,
): Promise<string | null> {
  const { kind, name } = draft
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    ...last.begin(`${name}.${kind}`),
    filters: [{ name: kind.toUpperCase(), extensions: [kind] }],
  })
  if (canceled || filePath === '') return null
  await writeFile(filePath, draft.kind === 'csv' ? draft.text : await pdfOf(draft))
  return last.remember(filePath)
}

async function pdfOf(draft: PaperDocument): Promise<Buffer> {
  const { pdfOfPaper } = await import('./press.ts')
  return pdfOfPaper(draft)
}
