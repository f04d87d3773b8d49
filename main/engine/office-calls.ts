import { z } from 'zod'
import type { OfficeEventName } from '../contract/office-requests.ts'

/** What the head office's thread is started with. */
export const OfficeOptions = z.object({
  /** The folder of everything that it keeps. */
  userData: z.string(),
})
export type OfficeOptions = z.infer<typeof OfficeOptions>

/** What the window's thread calls on it. */
export interface OfficeCalls {
  /** Resolves once the copy of the journals is open. */
  opened(): Promise<null>
  /** Carries out a request of the page and returns its envelope. Never rejects. `input`: whatever the page sent. */
  request(name: string, input: unknown): Promise<unknown>
  close(): Promise<void>
}

/** A file that is to be written where a person says. */
export interface OfficeDraft {
  /** Without its ending, which is `csv`. */
  readonly name: string
  readonly text: string
}

/** What it calls on the window's thread, because only that may use Electron. */
export interface OfficeWindowCalls {
  /** What Electron knows once it is ready. */
  facts(): Promise<{
    readonly locale: string
    readonly version: string
    readonly developmentRuntime: boolean
  }>
  /** Sends an event, which fits its schema, to the page. */
  send(name: OfficeEventName, payload: unknown): void
  /** `null` when the dialog was cancelled. */
  chooseAttachFile(): Promise<string | null>
  /** Returns the file; `null` when the dialog was cancelled. Rejects when the disk refuses. */
  save(draft: OfficeDraft): Promise<string | null>
}
