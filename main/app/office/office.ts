import type { OfficeExport, OfficePreferencesChange } from '../../contract/office-requests.ts'
import type { OfficeSnapshot } from '../../contract/office-requests.ts'
import type { AttachFault, AttachOffer } from '../../contract/office-hub.ts'
import type { OfficeReader } from '../../contract/office-reader.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { createListeners } from '../../redemption/listeners.ts'
import type { Scheduler } from '../../redemption/ports.ts'
import type { PinHasher, RunningTime, StaffStore } from '../../shop/ports.ts'
import { exportText } from './export.ts'
import { createOfficePeople, type OfficePeople } from './people.ts'
import type { OfficePreferencesFile } from './preferences.ts'

/** The head office on this computer: what its window shows, and what it can do. */
export interface Office {
  readonly reader: OfficeReader
  readonly people: OfficePeople
  snapshot(): OfficeSnapshot
  /** Calls the listener after every change of the snapshot; the returned function ends that. */
  subscribe(listener: () => void): () => void
  prefer(change: OfficePreferencesChange): void
  /** Opens the file dialog; `null` when it was cancelled. */
  chooseAttachFile(): Promise<Result<AttachOffer | null, AttachFault>>
  /** Asks for a file and writes it; `null` when the dialog was cancelled. */
  save(
    what: OfficeExport,
  ): Promise<
    Result<{ readonly file: string; readonly isCut: boolean } | null, { code: 'not-written' }>
  >
  stop(): void
}

interface OfficeParts {
  readonly reader: OfficeReader
  readonly preferences: OfficePreferencesFile
  readonly people: StaffStore
  readonly pins: PinHasher
  readonly elapsed: RunningTime
  readonly scheduler: Scheduler
  readonly runtime: Pick<OfficeSnapshot, 'version' | 'developmentRuntime'>
  readonly dialogs: {
    chooseAttachFile(): Promise<string | null>
    /** Rejects when the disk refuses. */
    save(draft: { readonly name: string; readonly text: string }): Promise<string | null>
  }
}

export function createOffice(parts: OfficeParts): Office {
  const { reader, preferences, pins, elapsed, scheduler, runtime, dialogs } = parts
  const listeners = createListeners<null>()
  let revision = 0
  const changed = (): void => {
    revision += 1
    listeners.tell(null)
  }
  const people = createOfficePeople({
    store: parts.people,
    pins,
    elapsed,
    scheduler,
    onChanged: changed,
  })
  const stopReader = reader.onChanged(changed)
  return {
    reader,
    people,
    snapshot: () => ({
      revision,
      preferences: preferences.get(),
      connection: reader.connection(),
      alerts: reader.openAlerts(),
      session: {
        person: people.person(),
        people: people.people(),
        isUnreadable: people.isUnreadable(),
      },
      ...runtime,
    }),
    subscribe: (listener) => listeners.add(listener),
    prefer(change) {
      preferences.set(change)
      changed()
    },
    async chooseAttachFile() {
      const file = await dialogs.chooseAttachFile()
      return file === null ? ok(null) : reader.inspectAttachFile(file)
    },
    async save(what) {
      const { text, name, isCut } = await exportText(what, reader, preferences.get().language)
      try {
        const file = await dialogs.save({ name, text })
        return ok(file === null ? null : { file, isCut })
      } catch {
        // A stick that was pulled out, a folder that may not be written to.
        return err({ code: 'not-written' })
      }
    },
    stop() {
      stopReader()
      people.stop()
    },
  }
}
