import { app, net, powerMonitor } from 'electron'
import path from 'node:path'
import { isCommandName, readCommand } from './command-line/command.ts'
import { registerAppScheme } from './desktop/app-protocol.ts'
import { createComputer } from './desktop/computer.ts'
import { hostCommand } from './desktop/command-host.ts'
import { failToStart } from './desktop/fail-to-start.ts'
import { attachWindowBehaviour } from './desktop/attach-window-behaviour.ts'
import { readLaunchOptions } from './desktop/launch-options.ts'
import { lockDownPages } from './desktop/lockdown.ts'
import { openLog } from './desktop/log.ts'
import { openMainWindow } from './desktop/main-window.ts'
import { createFileDialogs } from './desktop/file-dialogs.ts'
import { openPreferences } from './desktop/preferences.ts'
import { registerRaiseShortcut } from './desktop/raise-shortcut.ts'
import { refuseSwitches } from './desktop/refuse-switches.ts'
import { restartOnFault } from './desktop/restart-on-fault.ts'
import { disposeOnExit } from './desktop/shutdown.ts'
import { createSystemNetwork } from './desktop/system-network.ts'
import { createApplication } from './app/application.ts'
import { connectPage } from './ipc/connect-page.ts'
import { openTillHost } from './app/open-till-host.ts'

// Chromium has no sandbox for root, as which only tests and container builds run this.
if (process.getuid?.() !== 0) app.enableSandbox()
registerAppScheme()
lockDownPages()

if (!refuseSwitches(isCommandName)) run()

function run(): void {
  const command = readCommand(process.argv.slice(1))
  if (command) void hostCommand(command).catch(failToStart)
  // A second start raises the first window: two writers of one queue would be two tills.
  else if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(failToStart)
  else app.exit(0)
}

async function start(): Promise<void> {
  const options = readLaunchOptions((name) => app.commandLine.getSwitchValue(name), process.env)
  const userData = app.getPath('userData')
  const log = openLog(path.join(userData, 'logs'))
  restartOnFault((cause) => log.error('program.fault', cause))
  const preferences = openPreferences(userData, app.getLocale())
  // The window is there before a person can ask for a file.
  const { chooseFiles, ...dialogs } = createFileDialogs(
    () => window,
    () => preferences.get().language,
  )
  const till = await openTillHost({
    userData,
    wrapping: () => preferences.get().wrapping,
    launch: options,
    network: createSystemNetwork(),
    chooseFiles,
    onKeychainMissing: (detail) => log.warn('keychain.missing', { detail }),
    onForget: (before) => log.forgetBefore(before),
    onFault: (cause) => log.error('till.fault', cause),
  })
  const shortcut = registerRaiseShortcut(() => window)
  const application = createApplication({
    till,
    computer: createComputer(preferences, options, shortcut),
    dialogs,
    onFault: (of, cause) => log.error(`${of}.fault`, cause),
  })
  const window = openMainWindow(application.snapshot())
  const detachWindowBehaviour = attachWindowBehaviour(window, application, (reason) =>
    log.warn('page.gone', { reason }),
  )
  const disconnectPage = connectPage(window.webContents, application, (channel, problem, cause) =>
    log.error('ipc.fault', cause, { channel, problem }),
  )
  powerMonitor.on('resume', () => till.host.wokeUp())
  disposeOnExit(
    [() => application.close(), disconnectPage, detachWindowBehaviour],
    window,
    (cause) => log.error('exit.fault', cause),
  )
  log.info('app.started', { mode: application.snapshot().mode, online: net.isOnline() })
}
