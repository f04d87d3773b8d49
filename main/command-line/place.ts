import type { Language } from '../contract/language.ts'
import type { ResolveProxy } from '../wechatpay/transport.ts'
import type { LivePlace } from '../app/live/live-place.ts'

/** What a command works with. No Electron: the host hands in what only Electron knows. */
export interface CommandPlace extends LivePlace {
  readonly language: Language
  readonly resolveProxy: ResolveProxy
  readonly userAgent: string
  /** Where relative paths on the command line start from. */
  readonly workingFolder: string
  readonly standardInput: () => Promise<Uint8Array>
}
