import type { About } from '../contract/app-requests.ts'
import type { SerialPortView } from '../contract/attached-scanner.ts'
import type { UpdateChecker } from '../updates/update-checker.ts'
import type { UpdateInstaller } from '../updates/update-installer.ts'
import type { UpdateState } from '../contract/updates.ts'
import type { Preferences, PreferencesChange } from '../contract/preferences.ts'
import type { ChainOrders } from './live/chain-orders.ts'
import type { Licence } from '../contract/licence.ts'
import type { PrintOutcome } from '../contract/report-file.ts'
import type { ShopSettings } from '../contract/shop-settings.ts'
import type { AppSnapshot } from '../contract/snapshot.ts'
import type { OwnerProof } from '../contract/owner.ts'
import type { Result } from '../contract/result.ts'
import type { PinFault } from '../contract/staff.ts'
import type { Exported } from './diagnostics.ts'
import type { BackupOrders } from './backup-orders.ts'
import type { HandOverOrders } from './hand-over-orders.ts'
import type { FileDraft, PaperDocument } from '../reports/paper-document.ts'
import type { Papers } from './papers.ts'
import type { Decommission } from './live/decommission.ts'
import type { PosLink } from '../pos/link.ts'
import type { Records } from './records.ts'
import type { SetupControls } from './live/setup.ts'
import type { TrainingControls } from './open-till.ts'
import type { Till } from '../redemption/till.ts'
import type { Shop } from '../shop/shop.ts'

/** What this computer remembers besides what was chosen for it. */
type Remembered = Pick<AppSnapshot, 'backup' | 'updates'>

/** What this computer keeps across restarts. */
export interface KeptPreferences {
  get(): Preferences & Remembered
  /** What is left out, or undefined, stays as it is. Throws when the disk refuses. */
  set(change: PreferencesChange | Partial<Remembered>): void
}

/**
 * The application as the handlers of ipc/ need it. It has no Electron, so that they can be tested as plain functions.
 */
export interface Application {
  /** What the page shows. */
  snapshot(): AppSnapshot
  /** Resolves once no till is being opened. Until then `till`, `shop` and `records` return `null`. */
  settled(): Promise<void>
  /** Changes preferences and saves them. */
  prefer(change: PreferencesChange): void
  scannerPorts(): Promise<readonly SerialPortView[]>
  /** What somebody on the phone asks for. */
  about(): About
  /** Of every package that is part of the program. */
  licences(): Promise<readonly Licence[]>
  /** Saves one zip for support, and returns its file; `null` when the dialog was cancelled. */
  exportDiagnostics(): Promise<Exported>
  /** `null` where no till could be opened. */
  till(): Till | null
  /** The page shows the counter, or another screen in front of it. */
  showsCounter(isCounter: boolean): void
  /** A code was read, so that somebody looks at the counter, or is on their way to it. */
  scanned(): void
  /** A scan is about to come: has a connection to WeChat Pay ready for it, and sends nothing. */
  expectScan(): void
  /** `null` where no till could be opened. */
  shop(): Shop | null
  /** `null` where no till could be opened. */
  records(): Records | null
  /** Saves the settings and opens the till anew under them. */
  saveSettings(settings: ShopSettings): Promise<void>
  /** Opens the till anew, after a person has removed an obstacle. */
  retry(): Promise<void>
  /**
   * Confirms that an owner is there, while no till is open. An obstacle about what does not fit is passed with it, and
   * the till opened.
   */
  confirmOwner(proof: OwnerProof): Promise<Result<null, PinFault>>
  readonly setup: SetupControls
  readonly reports: Reports
  /** Composes papers from the records of the open till. */
  readonly papers: Papers
  readonly handOvers: HandOverOrders
  /** The till that can hand over; `null` behind an obstacle. */
  handingTill(): Parameters<HandOverOrders['exportOpen']>[0] | null
  readonly startUp: StartUp
  readonly backups: BackupOrders
  readonly decommission: Decommission
  readonly updates: Pick<UpdateChecker, 'setAddress' | 'check'> &
    Pick<UpdateInstaller, 'download' | 'install'> & {
      setAutomatic(chosen: Pick<UpdateState, 'automatic' | 'hour'>): void
    }
  /** Which programs of a POS may ask. */
  readonly pos: Pick<PosLink, 'read' | 'offer' | 'withdraw' | 'revoke'>
  /** The shop of tills that this till belongs to. */
  readonly chain: ChainOrders
  /** Puts the discount that the counter shows into the clipboard. */
  copyDiscount(): void
  /** Opens the practice window beside a live till. */
  openPractice(): Promise<void>
  /** `null` in live mode, and where no till could be opened. */
  training(): TrainingControls | null
}

/** Whether the till starts when its user logs in. */
export interface StartUp {
  /** Asks the system each time, because another program or a person may have changed it. */
  isOn(): Promise<boolean>
  set(isOn: boolean): Promise<void>
}

/** Prints, saves and copies. */
export interface Reports {
  /** Opens the system's print dialog. */
  print(document: PaperDocument): Promise<PrintOutcome>
  /** Returns the file that it was saved to; `null` when the dialog was cancelled. Rejects when the disk refuses. */
  save(draft: FileDraft): Promise<string | null>
  /** Puts a text into the clipboard. */
  copy(text: string): Promise<void>
}
