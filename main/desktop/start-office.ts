import { app, type BrowserWindow, dialog } from 'electron'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { openLog } from '../computer/log.ts'
import { builtInOfficeNames } from '../contract/built-in-office-names.ts'
import type { OfficeWindowCalls } from '../engine/office-calls.ts'
import { startOfficeThread } from '../engine/start-office-thread.ts'
import { serveRequests } from '../ipc/router.ts'
import { failToStart } from './fail-to-start.ts'
import { keepWindow } from './keep-window.ts'
import { createLastFolder } from './last-folder.ts'
import { removeDefaultMenu } from './main-window.ts'
import { openOfficeWindow } from './office-window.ts'
import { appOrigin } from './page-policy.ts'
import { rememberScreen } from './remember-screen.ts'
import { restartOnFault } from './restart-on-fault.ts'
import { disposeOnExit } from './shutdown.ts'
import { watchProcesses } from './watch-processes.ts'

/**
 * Starts the program as the head office: a window on a chain's journals, without a till, scanners or a key of WeChat Pay. It has a
 * folder and a lock of its own, so that it can run beside a till, and twice on no computer.
 */
export async function startOffice(): Promise<void> {
  const userData = path.join(app.getPath('userData'), 'office')
  app.setPath('userData', userData)
  if (!app.requestSingleInstanceLock()) {
    app.exit(0)
    return
  }
  removeDefaultMenu()
  const log = openLog(path.join(userData, 'logs'))
  const restart = restartOnFault(
    (cause) => log.error('program.fault', cause),
    () => false,
  )
  const office = startOfficeThread({
    options: { userData },
    calls: windowCalls(() => window),
    onFault: restart,
  })
  const opened = office.opened()
  opened.catch(failToStart)
  await app.whenReady()
  const stopServing = serveRequests({
    names: builtInOfficeNames.requests,
    origin: appOrigin,
    request: (name, input) => office.request(name, input),
    onFault: (channel, problem, cause) => log.error('ipc.fault', cause, { channel, problem }),
  })
  const window = openOfficeWindow(opened)
  keepWindow(
    window,
    (reason) => log.warn('page.gone', { reason }),
    () => undefined,
  )
  const forgetScreen = rememberScreen(window, userData, (cause) => log.error('window.fault', cause))
  watchProcesses(userData, log, () => {
    app.relaunch({ args: [...process.argv.slice(1), '--disable-gpu'] })
    app.quit()
  })
  disposeOnExit([() => office.close(), stopServing, forgetScreen], window, (cause) =>
    log.error('exit.fault', cause),
  )
}

function windowCalls(window: () => BrowserWindow): OfficeWindowCalls {
  const lastAttach = createLastFolder()
  const lastExport = createLastFolder()
  return {
    async facts() {
      await app.whenReady()
      return {
        locale: app.getLocale(),
        version: app.getVersion(),
        developmentRuntime: process.env['HEXIAO_TILL_DEVELOPMENT_RUNTIME'] === '1',
      }
    },
    send(name, payload) {
      if (!window().isDestroyed()) window().webContents.send(name, payload)
    },
    async chooseAttachFile() {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        ...lastAttach.begin(),
        properties: ['openFile'],
      })
      return lastAttach.remember(filePaths[0] ?? null)
    },
    async save({ name, text }) {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        ...lastExport.begin(`${name}.csv`),
        filters: [{ name: 'CSV', extensions: ['csv'] }],
      })
      if (canceled || filePath === '') return null
      await writeFile(filePath, text, { mode: 0o600 })
      return lastExport.remember(filePath)
    },
  }
}
