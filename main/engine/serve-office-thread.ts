import { createBirpc } from 'birpc'
import path from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { createOffice } from '../app/office/office.ts'
import { openOfficePeople } from '../app/office/people-file.ts'
import { openOfficePreferences } from '../app/office/preferences.ts'
import { systemScheduler } from '../app/system-scheduler.ts'
import { openLog } from '../computer/log.ts'
import type { Language } from '../contract/language.ts'
import type { OfficeReader } from '../contract/office-reader.ts'
import { serveOffice } from '../ipc/serve-office.ts'
import { scryptPins } from '../shop/pin-hasher.ts'
import type { OfficeCalls, OfficeWindowCalls } from './office-calls.ts'

interface ReaderParts {
  readonly folder: string
  /** In which alerts are told. */
  readonly language: () => Language
  readonly onFault: (cause: unknown) => void
}

interface OfficeThread {
  /** The folder of everything that the office keeps. */
  readonly userData: string
  readonly port: MessagePort
  /** Opens the copy of the journals. */
  readonly openReader: (parts: ReaderParts) => Promise<OfficeReader>
}

/** Runs the head office on this thread. Its reader is handed in, so that the window can be tried with any. */
export function serveOfficeThread({ userData, port, openReader }: OfficeThread): void {
  const log = openLog(path.join(userData, 'logs'))
  process.on('unhandledRejection', (cause) => log.error('office.fault', cause))
  const calls: OfficeCalls = {
    async opened() {
      await opened
      return null
    },
    request: async (name, input) => (await opened).request(name, input),
    close: async () => (await opened).close(),
  }
  const window = createBirpc<OfficeWindowCalls, OfficeCalls>(calls, {
    post: (message) => port.postMessage(message),
    on: (receive) => port.on('message', receive),
    timeout: -1,
  })
  const opened = open()

  async function open() {
    const { locale, version, developmentRuntime } = await window.facts()
    const preferences = openOfficePreferences(userData, locale)
    const reader = await openReader({
      folder: userData,
      language: () => preferences.get().language,
      onFault: (cause) => log.error('office.fault', cause),
    })
    const office = createOffice({
      reader,
      preferences,
      people: openOfficePeople(userData),
      pins: scryptPins,
      elapsed: () => performance.now(),
      scheduler: systemScheduler,
      runtime: { version, developmentRuntime },
      dialogs: {
        chooseAttachFile: () => window.chooseAttachFile(),
        save: (draft) => window.save(draft),
      },
    })
    const page = serveOffice(office, {
      send: (name, payload) => void window.send.asEvent(name, payload),
      onFault: (channel, problem, cause) => log.error('ipc.fault', cause, { channel, problem }),
    })
    log.info('office.started', { version })
    return {
      request: (name: string, input: unknown) => page.request(name, input),
      async close() {
        page.stop()
        office.stop()
        await reader.close()
      },
    }
  }
}
