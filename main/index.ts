import { app, net, powerMonitor } from 'electron'
import path from 'node:path'
import { readCommand } from './command-line/command.ts'
import { registerAppScheme } from './desktop/app-protocol.ts'
import { appOrigin } from './desktop/page-policy.ts'
import { hostCommand } from './desktop/command-host.ts'
import { readLaunchOptions } from './desktop/launch-options.ts'
import { failToStart } from './desktop/fail-to-start.ts'
import { keepWindow } from './desktop/keep-window.ts'
import { lockDownPages } from './desktop/lockdown.ts'
import { openLog } from './desktop/log.ts'
import { openMainWindow } from './desktop/main-window.ts'
import { openPreferences } from './desktop/preferences.ts'
import { disposeOnExit } from './desktop/shutdown.ts'
import { windowTitle } from './desktop/window-title.ts'
import { createApplication } from './ipc/application.ts'
import { createHandlers } from './ipc/handlers.ts'
import { sendEvent, serveRequests } from './ipc/router.ts'
import { openTrainingTill } from './modes/training.ts'

// Chromium has no sandbox for root, as which only tests and container builds run this.
if (process.getuid?.() !== 0) app.enableSandbox()
registerAppScheme()
lockDownPages()

const command = readCommand(process.argv.slice(1))
if (command) void hostCommand(command).catch(failToStart)
// A second start raises the first window: two writers of one queue would be two tills.
else if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(failToStart)
else app.exit(0)

async function start(): Promise<void> {
  const options = readLaunchOptions((name) => app.commandLine.getSwitchValue(name), process.env)
  const userData = app.getPath('userData')
  const log = openLog(path.join(userData, 'logs'))
  const preferences = openPreferences(userData, app.getLocale())
  const till = await openTrainingTill({
    folder: path.join(userData, options.mode),
    trainingGateway: options.trainingGateway,
    userAgent: `hexiao-till/${app.getVersion()}`,
    onKeychainMissing: (detail) => log.warn('keychain.missing', { detail }),
    onFault: (cause) => log.error('till.fault', cause),
  })
  const application = createApplication({
    till: till.till,
    isAuditIntact: () => till.isAuditIntact(),
    preferences,
    training: till.controls,
    about: {
      mode: options.mode,
      keyStorage: till.keyStorage,
      runtime: {
        version: app.getVersion(),
        electron: process.versions.electron,
        development: options.developmentRuntime,
      },
    },
  })

  const stopServing = serveRequests(createHandlers(application), {
    origin: appOrigin,
    onFault: (channel, problem, cause) => log.error('ipc.fault', cause, { channel, problem }),
  })
  const window = openMainWindow(windowTitle(options, preferences.get().language))
  keepWindow(window, (reason) => log.warn('page.gone', { reason }))
  application.subscribe(() => {
    window.setTitle(windowTitle(options, preferences.get().language))
    sendEvent(window.webContents, 'app.changed', application.snapshot())
  })
  powerMonitor.on('resume', () => till.till.networkHint())
  disposeOnExit([() => till.close(), stopServing], window, (cause) =>
    log.error('exit.fault', cause),
  )
  till.till.start()
  log.info('app.started', { mode: options.mode, online: net.isOnline() })
}
