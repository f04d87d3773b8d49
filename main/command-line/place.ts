import type { BackupState } from '../contract/upkeep.ts'
import type { Language } from '../contract/language.ts'
import type { ResolveProxy } from '../wechatpay/transport.ts'
import type { LivePlace } from '../app/live/live-place.ts'
import type { ShopDesk } from '../app/live/shop-desk.ts'
import type { StandardInput } from './provision-file.ts'

/** The till that a command acts on, with what only Electron knows of this computer. */
export interface CommandPlace extends LivePlace {
  readonly language: Language
  /** The system's proxies, as Electron returns them. */
  readonly resolveProxy: ResolveProxy
  readonly userAgent: string
  /** Of this program. */
  readonly version: string
  /** What is known of the last backup, at the time of reading: a command may make one. */
  readonly backup: BackupState
  /** The folder that relative paths on the command line start from. */
  readonly workingFolder: string
  readonly standardInput: StandardInput
  readonly shopDesk: ShopDesk
  /** Tells the program whose window is open that its settings changed; `null` where none is. */
  readonly tellWindow: (() => void) | null
}
