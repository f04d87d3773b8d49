import { beijingDay, dateOfDay } from '../contract/beijing-day.ts'
import { app, type BrowserWindow, dialog, net, session, shell } from 'electron'
import type { ElectronCalls, WindowCalls } from '../engine/calls.ts'
import { textOfReply } from '../updates/text-of-reply.ts'
import type { LaunchOptions } from './launch-options.ts'
import type { PracticeProcess } from './practice-process.ts'
import { chooseFiles } from './choose-files.ts'
import { createLastFolder, type LastFolder } from './last-folder.ts'
import { createCopies } from './copies.ts'
import { createReportFiles } from './report-files.ts'
import { readRuntimeFacts } from './runtime-facts.ts'
import { createStartUp } from './start-up.ts'

interface WindowCallsParts {
  /** The parent of dialogs; it is open before a person can ask for one. */
  readonly window: () => BrowserWindow
  readonly launch: Pick<LaunchOptions, 'developmentRuntime' | 'practice'>
  readonly practice: Pick<PracticeProcess, 'open'>
  /** Resolves, once Electron is ready, with the label of the shortcut that raises the window; `null` without one. */
  readonly shortcut: Promise<string | null>
  readonly send: WindowCalls['send']
  readonly updates: Pick<WindowCalls, 'updateWay' | 'downloadUpdate' | 'installUpdate'>
}

const handOverFilters = [{ name: 'Hexiao Till', extensions: ['hexiao'] }]
const backupFilters = [{ name: 'Hexiao Till', extensions: ['hxbackup', 'db'] }]

/** Returns what the engine may ask of Electron. */
export function createWindowCalls(parts: WindowCallsParts): ElectronCalls {
  const { window, launch, practice, shortcut, send } = parts
  const startUp = createStartUp()
  // Certificates, hand-overs and backups lie in different places, and reports in a fourth.
  const last = {
    files: createLastFolder(),
    handOver: createLastFolder(),
    backup: createLastFolder(),
    report: createLastFolder(),
  }
  const reports = createReportFiles(window, last.report)
  const copies = createCopies()
  return {
    async facts() {
      const runtime = readRuntimeFacts(launch, await shortcut)
      return { locale: app.getLocale(), runtime }
    },
    send,
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    fetchText,
    ...parts.updates,
    // Loaded with the library of schemas when somebody looks at them.
    licences: async () => (await import('./licences.ts')).readLicences(),
    openPractice: () => practice.open(),
    startsWithComputer: () => startUp.isOn(),
    startWithComputer: (isOn) => startUp.set(isOn),
    chooseFiles: (purpose) => chooseFiles(window(), purpose, last.files),
    choosePlaceOfHandOver: () => choosePlace(window(), last.handOver, 'hexiao', handOverFilters),
    choosePlaceOfDiagnostics: () =>
      choosePlace(window(), last.report, 'zip', [{ name: 'ZIP', extensions: ['zip'] }]),
    chooseHandOver: () =>
      chooseOne(window(), last.handOver, { properties: ['openFile'], filters: handOverFilters }),
    chooseProgram: () => chooseOne(window(), last.files, { properties: ['openFile'] }),
    chooseFolderOfBackups: () => chooseFolder(window(), last.backup),
    chooseBackup: () =>
      chooseOne(window(), last.backup, { properties: ['openFile'], filters: backupFilters }),
    printPaper: (document) => reports.print(document),
    savePaper: (draft) => reports.save(draft),
    copy: (text) => reports.copy(text),
    putInClipboard: (text) => copies.put(text),
    takeFromClipboard: (text) => copies.take(text),
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
async function chooseFolder(window: BrowserWindow, last: LastFolder): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    ...last.begin(),
    properties: ['openDirectory', 'createDirectory'],
  })
  const [folder] = filePaths
  if (folder === undefined) return null
  last.rememberFolder(folder)
  return folder
}

/** `null` when the dialog was cancelled. */
async function chooseOne(
  window: BrowserWindow,
  last: LastFolder,
  options: Electron.OpenDialogOptions,
): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, { ...last.begin(), ...options })
  return last.remember(filePaths[0] ?? null)
}

/**
 * Asks for the file to write to; `null` when the dialog was cancelled. Asked before anything is sealed, so that cancelling
 * changes nothing.
 */
async function choosePlace(
  window: BrowserWindow,
  last: LastFolder,
  ending: string,
  filters: Electron.FileFilter[],
): Promise<string | null> {
  const day = dateOfDay(beijingDay(Date.now()))
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    ...last.begin(`hexiao-${day}.${ending}`),
    filters,
  })
  return canceled || filePath === '' ? null : last.remember(filePath)
}

/** Uses the system's proxy. Not for WeChat Pay, which has a client of its own. */
const fetchText: WindowCalls['fetchText'] = async (url, { ms, maxBytes }) => {
  const reply = await net.fetch(url, { signal: AbortSignal.timeout(ms), redirect: 'error' })
  return { ok: reply.ok, text: await textOfReply(reply, maxBytes) }
}
