import { app, net, powerMonitor } from 'electron'
import path from 'node:path'
import { isCommandName, readCommand } from './command-line/command.ts'
import { asksForOffice } from './command-line/asks-for-office.ts'
import { openLog } from './computer/log.ts'
import { builtInNames } from './contract/built-in-names.ts'
import { watchStart } from './computer/start-watch.ts'
import { registerAppScheme } from './desktop/app-protocol.ts'
import { attachWindowBehaviour } from './desktop/attach-window-behaviour.ts'
import { failToStart } from './desktop/fail-to-start.ts'
import { type LaunchOptions, readLaunchOptions } from './desktop/launch-options.ts'
import { lockDownPages } from './desktop/lockdown.ts'
import { openMainWindow, removeDefaultMenu } from './desktop/main-window.ts'
import { appOrigin } from './desktop/page-policy.ts'
import { keepPracticeApart, tellOfFocus } from './desktop/practice-profile.ts'
import { createPracticeProcess } from './desktop/practice-process.ts'
import { runPosCommand } from './desktop/pos-command.ts'
import { raiseWindow } from './desktop/raise-window.ts'
import { registerRaiseShortcut } from './desktop/raise-shortcut.ts'
import { refuseSwitches } from './desktop/refuse-switches.ts'
import { restartOnFault } from './desktop/restart-on-fault.ts'
import { disposeOnExit } from './desktop/shutdown.ts'
import { startVersionBefore } from './desktop/start-version-before.ts'
import { startHeadless } from './desktop/start-headless.ts'
import { createUpdater } from './desktop/updater.ts'
import { watchProcesses } from './desktop/watch-processes.ts'
import { createWindowCalls } from './desktop/window-calls.ts'
import { startEngine } from './engine/start-engine.ts'
import { serveRequests } from './ipc/router.ts'
import { devicesUnless } from './scanners/devices-unless.ts'
import { systemDevices } from './scanners/devices.ts'

// Chromium has no sandbox for root, as which only tests and container builds run this.
if (process.getuid?.() !== 0) app.enableSandbox()
registerAppScheme()
lockDownPages()

if (!runPosCommand(process.argv.slice(1)) && !refuseSwitches(isCommandName)) run()

function run(): void {
  if (asksForOffice(process.argv.slice(1))) {
    void runOffice().catch(failToStart)
    return
  }
  const command = readCommand(process.argv.slice(1))
  if (command !== null && startHeadless()) return
  if (command) {
    void runCommand(command).catch(failToStart)
    return
  }
  try {
    const launch = readLaunchOptions((name) => app.commandLine.getSwitchValue(name), process.env)
    keepPracticeApart(launch)
    // A second start raises the first window: two writers of one queue would be two tills.
    if (app.requestSingleInstanceLock()) void start(launch).catch(failToStart)
    else app.exit(0)
  } catch (cause) {
    failToStart(cause)
  }
}

async function runCommand(command: NonNullable<ReturnType<typeof readCommand>>): Promise<void> {
  // Loaded only where it is wanted: with it comes most of the engine.
  const { hostCommand } = await import('./desktop/command-host.ts')
  await hostCommand(command)
}

async function runOffice(): Promise<void> {
  // Loaded only where it is wanted: a till has no head office.
  const { startOffice } = await import('./desktop/start-office.ts')
  await startOffice()
}

async function start(launch: LaunchOptions): Promise<void> {
  removeDefaultMenu()
  const userData = app.getPath('userData')
  const log = openLog(path.join(userData, 'logs'))
  const watch = watchStart(userData, app.getVersion())
  if (watch.hasFailed && (await startVersionBefore(userData, log))) return
  const restart = restartOnFault(
    (cause) => log.error('program.fault', cause),
    () => watch.isPending(),
  )
  const { promise: shortcut, resolve: shortcutRegistered } = Promise.withResolvers<string | null>()
  const practice = createPracticeProcess(() => raiseWindow(window))
  // Started first: it opens records and keys while Chromium starts.
  const engine = startEngine({
    options: { userData, launch },
    devices: devicesUnless(() => practice.hasFocus(), systemDevices),
    calls: createWindowCalls({
      window: () => window,
      launch,
      practice,
      shortcut,
      updates: createUpdater({
        isPractice: launch.practice,
        onPercent: (percent) => engine.updateDownloaded(percent),
        onFault: (cause) => log.error('update.fault', cause),
      }),
      send({ name, payload }) {
        if (!window.isDestroyed()) window.webContents.send(name, payload)
      },
    }),
    onFault: restart,
  })
  engine.opened.catch(failToStart)
  await app.whenReady()
  // It would take the live till's keys.
  shortcutRegistered(launch.practice ? null : registerRaiseShortcut(() => window))
  const stopServing = serveRequests({
    names: builtInNames.requests,
    origin: appOrigin,
    async request(name, input) {
      const reply = await engine.request(name, input)
      // The page runs, and a till or an obstacle is there.
      watch.confirm()
      return reply
    },
    onFault: (channel, problem, cause) => log.error('ipc.fault', cause, { channel, problem }),
  })
  const window = openMainWindow(engine)
  const detachWindowBehaviour = attachWindowBehaviour(
    window,
    engine,
    practice,
    (reason) => log.warn('page.gone', { reason }),
    (cause) => log.error('window.fault', cause),
  )
  watchProcesses(userData, log, () => {
    app.relaunch({ args: [...process.argv.slice(1), '--disable-gpu'] })
    app.quit()
  })
  powerMonitor.on('resume', () => engine.wokeUp())
  tellOfFocus(window, launch)
  disposeOnExit(
    [() => engine.close(), () => practice.close(), stopServing, detachWindowBehaviour],
    window,
    (cause) => log.error('exit.fault', cause),
  )
  log.info('window.opened', { online: net.isOnline() })
}
