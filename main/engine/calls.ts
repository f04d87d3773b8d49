/*
 * engine/ runs everything but the window on a thread of its own: till, records, keys, network, files and scanners. The
 * thread that Electron runs on takes the keys that a scanner types, and on Windows keys that are pressed while it is busy
 * arrive in one bunch; so it does nothing but windows and dialogs, and carries messages (docs/decisions/0037).
 */

import { z } from 'zod'
import type {
  AttachedRead,
  ScannerConnection,
  SerialPortView,
} from '../contract/attached-scanner.ts'
import type { Reports } from '../app/ports.ts'
import type { Licence } from '../contract/licence.ts'
import type { FilePurpose } from '../contract/setup.ts'
import type { AppSnapshot } from '../contract/snapshot.ts'
import type { WindowPlace } from '../contract/window-place.ts'
import type { SentEvent } from '../ipc/sent-event.ts'
import type { Clipboard } from '../redemption/discount-copy.ts'
import type { UpdateProgram } from '../updates/update-installer.ts'

/** What the engine's thread is started with. */
export const EngineOptions = z.object({
  /** The folder of records, preferences and log. */
  userData: z.string(),
  launch: z.object({
    mode: z.enum(['training', 'live']).nullable(),
    trainingGateway: z.string().nullable(),
    practice: z.boolean(),
  }),
})
export type EngineOptions = z.infer<typeof EngineOptions>

/** What the window's thread calls on the engine. A reply can take as long as a dialog is open. */
export interface EngineCalls {
  /** Returns the first snapshot once a till, or the obstacle before it, is there. Rejects when neither could be opened. */
  opened(): Promise<AppSnapshot>
  /** Carries out a request of the page and returns its envelope. Never rejects. `input`: whatever the page sent. */
  request(name: string, input: unknown): Promise<unknown>
  setCompact(compact: boolean): void
  /** The window lost the focus: a person who comes back must not take the last verdict for a new one. */
  windowLeft(): void
  windowIs(place: WindowPlace): void
  /** The page's process died: nobody sees the counter until the next one says so. */
  pageGone(): void
  wokeUp(): void
  /** `hexiao-till provision` has changed this till's settings. */
  provisioned(): void
  /** How much of a newer version was fetched, of 100. */
  updateDownloaded(percent: number): void
  /** What the scanner sent that was opened under this number. */
  deviceRead(number: number, read: AttachedRead): void
  /** It was unplugged, or failed. */
  deviceGone(number: number): void
  close(): Promise<void>
}

/** What the engine calls on the window's thread, because only that may use Electron. */
export interface WindowCalls {
  /** Returns what Electron knows once it is ready. */
  facts(): Promise<{ readonly locale: string; readonly runtime: AppSnapshot['runtime'] }>
  /** Sends an event, which fits its schema, to the page. */
  send(event: SentEvent): void
  resolveProxy(url: string): Promise<string>
  /** Reads an address through the system's proxy; `text` is `null` for more than `maxBytes`. Rejects without a reply. */
  fetchText(
    url: string,
    limits: { readonly ms: number; readonly maxBytes: number },
  ): Promise<{ readonly ok: boolean; readonly text: string | null }>
  /** Opens a scanner under a number of the engine's. Returns `null`, or the error's code (empty for one without). */
  openDevice(number: number, connection: ScannerConnection): Promise<string | null>
  closeDevice(number: number): Promise<void>
  serialPorts(): Promise<readonly SerialPortView[]>
  readonly updateWay: UpdateProgram['way']
  readonly downloadUpdate: UpdateProgram['download']
  readonly installUpdate: UpdateProgram['install']
  licences(): Promise<readonly Licence[]>
  /** Opens the practice window, or brings it to the front. */
  openPractice(): void
  startsWithComputer(): boolean
  startWithComputer(isOn: boolean): void
  /** The dialogs return nothing when they were cancelled. */
  chooseFiles(purpose: FilePurpose): Promise<readonly string[]>
  choosePlaceOfHandOver(): Promise<string | null>
  chooseHandOver(): Promise<string | null>
  choosePlaceOfDiagnostics(): Promise<string | null>
  chooseFolderOfBackups(): Promise<string | null>
  /** The program of the shop's server. */
  chooseProgram(): Promise<string | null>
  chooseBackup(): Promise<string | null>
  printPaper: Reports['print']
  savePaper: Reports['save']
  copy: Reports['copy']
  readonly putInClipboard: Clipboard['put']
  readonly takeFromClipboard: Clipboard['take']
  /** Moves a file to the recycle bin; false where it could not be moved. */
  moveToTrash(file: string): Promise<boolean>
}

/** Those of them that need Electron; the scanners do not (remote-devices.ts). */
export type ElectronCalls = Omit<WindowCalls, 'openDevice' | 'closeDevice' | 'serialPorts'>
