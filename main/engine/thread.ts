// The program of the engine's thread (start-engine.ts).
import { createBirpc } from 'birpc'
import path from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { createApplication, type ObservableApplication } from '../app/application.ts'
import { createCounterSight } from '../app/counter-sight.ts'
import { openTillHost } from '../app/open-till-host.ts'
import { readHandOver, writeHandOver } from '../computer/hand-over-disk.ts'
import { logReplies } from '../computer/log-replies.ts'
import { openLog } from '../computer/log.ts'
import { preferencesOfLiveTill } from '../computer/practice-preferences.ts'
import { openPreferences } from '../computer/preferences.ts'
import { createListeners } from '../redemption/listeners.ts'
import { versionTakenBack } from '../computer/start-watch.ts'
import { servePage } from '../ipc/serve-page.ts'
import { maxFeedBytes } from '../updates/update-feed.ts'
import { type EngineCalls, EngineOptions, type WindowCalls } from './calls.ts'
import { remoteDevices } from './remote-devices.ts'

interface Opened {
  readonly application: ObservableApplication
  readonly request: EngineCalls['request']
  readonly close: () => Promise<void>
  readonly wokeUp: () => void
}

if (parentPort === null) throw new Error('this is the program of a thread')
const port = parentPort
const { userData, launch } = EngineOptions.parse(workerData)
const log = openLog(path.join(userData, 'logs'))
process.on('unhandledRejection', (cause) => log.error('engine.fault', cause))

const percents = createListeners<number>()
const calls: EngineCalls = {
  opened: async () => (await opened).application.snapshot(),
  request: async (name, input) => (await opened).request(name, input),
  setCompact: (compact) => whenOpened(({ application }) => application.prefer({ compact })),
  windowLeft: () => whenOpened(({ application }) => application.till()?.ageVerdict()),
  windowIs: (place) => sight.windowIs(place),
  pageGone: () => sight.pageShows(false),
  wokeUp: () => whenOpened(({ wokeUp }) => wokeUp()),
  provisioned: () =>
    whenOpened(({ application }) => {
      application.provisioned().catch((cause: unknown) => log.error('provision.fault', cause))
    }),
  updateDownloaded: (percent) => percents.tell(percent),
  deviceRead: (number, read) => remote.deviceRead(number, read),
  deviceGone: (number) => remote.deviceGone(number),
  close: async () => (await opened).close(),
}
const window = createBirpc<WindowCalls, EngineCalls>(calls, {
  post: (message) => port.postMessage(message),
  on: (receive) => port.on('message', receive),
  // A dialog may be open for an hour.
  timeout: -1,
})
const remote = remoteDevices(window)
const sight = createCounterSight()
const opened = open()

function whenOpened(work: (opened: Opened) => void): void {
  opened.then(work).catch((cause: unknown) => log.error('engine.fault', cause))
}

async function open(): Promise<Opened> {
  const { locale, runtime } = await window.facts()
  const preferences = openPreferences(userData, locale)
  if (launch.practice) preferences.set(preferencesOfLiveTill(userData))
  const takenBack = versionTakenBack(userData)
  if (takenBack !== null) preferences.set({ updates: { ...preferences.get().updates, takenBack } })
  const till = await openTillHost({
    userData,
    wrapping: () => preferences.get().wrapping,
    isCounterInFront: () => sight.isInFront(),
    launch,
    network: {
      resolveProxy: (url) => window.resolveProxy(url),
      userAgent: `hexiao-till/${runtime.version}`,
      onReply: logReplies(log),
    },
    chooseFiles: (purpose) => window.chooseFiles(purpose),
    chooseProgram: () => window.chooseProgram(),
    chooseFolder: () => window.chooseFolderOfBackups(),
    moveToTrash: (file) => window.moveToTrash(file),
    onKeychainMissing: (detail) => log.warn('keychain.missing', { detail }),
    onForget: (before) => log.forgetBefore(before),
    onFault: (cause) => log.error('till.fault', cause),
  })
  const application = createApplication({
    till,
    sight,
    computer: {
      preferences,
      startUp: {
        isOn: () => window.startsWithComputer(),
        set: (isOn) => window.startWithComputer(isOn),
      },
      licences: () => window.licences(),
      dataFolder: userData,
      runtime,
      clock: Date.now,
      fetchText: (url, ms) => window.fetchText(url, { ms, maxBytes: maxFeedBytes }),
      updateProgram: {
        way: () => window.updateWay(),
        download: (address) => window.downloadUpdate(address),
        onPercent: percents.add,
        install: () => window.installUpdate(),
      },
      devices: remote.devices,
      openPractice: () => window.openPractice(),
    },
    dialogs: {
      reports: {
        print: (document) => window.printPaper(document),
        save: (draft) => window.savePaper(draft),
        copy: (text) => window.copy(text),
      },
      clipboard: {
        put: (text) => window.putInClipboard(text),
        take: (text) => window.takeFromClipboard(text),
      },
      handOverFiles: {
        choosePlace: () => window.choosePlaceOfHandOver(),
        write: writeHandOver,
        async read() {
          const file = await window.chooseHandOver()
          return file === null ? null : readHandOver(file)
        },
      },
      diagnosticsFile: {
        choosePlace: () => window.choosePlaceOfDiagnostics(),
        write: writeHandOver,
      },
      backupFiles: {
        chooseFolder: () => window.chooseFolderOfBackups(),
        choose: () => window.chooseBackup(),
      },
    },
    onFault: (of, cause) => log.error(`${of}.fault`, cause),
  })
  const page = servePage(application, {
    send: (event) => void window.send.asEvent(event),
    onFault: (channel, problem, cause) => log.error('ipc.fault', cause, { channel, problem }),
  })
  log.info('app.started', { mode: application.snapshot().mode, version: runtime.version })
  return {
    application,
    request: (name, input) => page.request(name, input),
    wokeUp: () => till.host.wokeUp(),
    async close() {
      page.stop()
      await application.close()
    },
  }
}
