import { beijingDay, dateOfDay } from '../contract/beijing-day.ts'
import { app, type BrowserWindow, dialog, net, session, shell } from 'electron'
import type { ElectronCalls, WindowCalls } from '../engine/calls.ts'
import { textOfReply } from '../updates/text-of-reply.ts'
import { chooseFiles } from './choose-files.ts'
import { readLicences } from './licences.ts'
import { createReportFiles } from './report-files.ts'
import { readRuntimeFacts } from './runtime-facts.ts'
import { createStartUp } from './start-up.ts'

interface WindowCallsParts {
  /** The parent of dialogs; it is open before a person can ask for one. */
  readonly window: () => BrowserWindow
  readonly developmentRuntime: boolean
  /** Resolves, once Electron is ready, with the label of the shortcut that raises the window; `null` without one. */
  readonly shortcut: Promise<string | null>
  readonly send: WindowCalls['send']
}

const handOverFilters = [{ name: 'Hexiao Till', extensions: ['hexiao'] }]
const backupFilters = [{ name: 'Hexiao Till', extensions: ['db'] }]

/** Returns what the engine may ask of Electron. */
export function createWindowCalls(parts: WindowCallsParts): ElectronCalls {
  const { window, developmentRuntime, shortcut, send } = parts
  const startUp = createStartUp()
  const reports = createReportFiles(window)
  return {
    async facts() {
      const runtime = readRuntimeFacts(developmentRuntime, await shortcut)
      return { locale: app.getLocale(), runtime }
    },
    send,
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    fetchText,
    licences: readLicences,
    startsWithComputer: () => startUp.isOn(),
    startWithComputer: (isOn) => startUp.set(isOn),
    chooseFiles: (purpose) => chooseFiles(window(), purpose),
    choosePlaceOfHandOver: () => choosePlaceOfHandOver(window()),
    chooseHandOver: () =>
      chooseOne(window(), { properties: ['openFile'], filters: handOverFilters }),
    chooseFolderOfBackups: () =>
      chooseOne(window(), { properties: ['openDirectory', 'createDirectory'] }),
    chooseBackup: () => chooseOne(window(), { properties: ['openFile'], filters: backupFilters }),
    printPaper: (document) => reports.print(document),
    savePaper: (draft) => reports.save(draft),
    copy: (text) => reports.copy(text),
    async moveToTrash(file) {
      try {
        await shell.trashItem(file)
        return true
      } catch {
        // The file of another account, or a medium without a recycle bin.
        return false
      }
    },
  }
}

/** `null` when the dialog was cancelled. */
async function chooseOne(
  window: BrowserWindow,
  options: Electron.OpenDialogOptions,
): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, options)
  return filePaths[0] ?? null
}

/**
 * Asks for the file to write a hand-over to; `null` when the dialog was cancelled. Asked before anything is sealed, so
 * that cancelling changes nothing.
 */
async function choosePlaceOfHandOver(window: BrowserWindow): Promise<string | null> {
  const day = dateOfDay(beijingDay(Date.now()))
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: `hexiao-${day}.hexiao`,
    filters: handOverFilters,
  })
  return canceled || filePath === '' ? null : filePath
}

/** Uses the system's proxy. Not for WeChat Pay, which has a client of its own. */
const fetchText: WindowCalls['fetchText'] = async (url, { ms, maxBytes }) => {
  const reply = await net.fetch(url, { signal: AbortSignal.timeout(ms), redirect: 'error' })
  return { ok: reply.ok, text: await textOfReply(reply, maxBytes) }
}
