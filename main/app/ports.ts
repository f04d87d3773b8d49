import type { SerialPortView } from '../contract/attached-scanner.ts'
import type { Backups } from '../backup/keep-backups.ts'
import type { Updates } from '../updates/check-updates.ts'
import type { Result } from '../contract/result.ts'
import type { BackupFacts, RestoreFault } from '../contract/upkeep.ts'
import type { Preferences, PreferencesChange } from '../contract/preferences.ts'
import type { ReportFile, ReportPaper } from '../contract/report-file.ts'
import type { ShopSettings } from '../contract/shop-settings.ts'
import type { AppSnapshot, SampleCoupon } from '../contract/snapshot.ts'
import type { Records } from './records.ts'
import type { SetupControls } from './live/setup.ts'
import type { Till } from '../redemption/till.ts'
import type { Shop } from '../shop/shop.ts'

/** What this computer has to remember of itself, beside what was chosen for it. */
type Remembered = Pick<AppSnapshot, 'backup' | 'updates'>

/** What this computer keeps over restarts. */
export interface KeptPreferences {
  get(): Preferences & Remembered
  set(change: PreferencesChange | Partial<Remembered>): void
}

/** What the handlers need of the rest: no Electron, so that they can be read and tested as plain functions. */
export interface Application {
  snapshot(): AppSnapshot
  /** Ends once no till is being opened; until then there is none to ask. */
  settled(): Promise<void>
  prefer(change: PreferencesChange): void
  scannerPorts(): Promise<readonly SerialPortView[]>
  /** `null` behind an obstacle. */
  till(): Till | null
  /** `null` where no till could be opened. */
  shop(): Shop | null
  records(): Records | null
  /** Keeps them and opens the till anew under them. */
  saveSettings(settings: ShopSettings): Promise<void>
  /** Looks again at what stood in the way. */
  retry(): Promise<void>
  readonly setup: SetupControls
  readonly reports: Reports
  readonly handOverFiles: HandOverFiles
  readonly startUp: StartUp
  readonly backups: Pick<Backups, 'make' | 'setFolder'>
  readonly backupFiles: BackupFiles
  readonly updates: Pick<Updates, 'setAddress' | 'check'>
  readonly restoring: Restoring
  /** Absent in live mode. */
  training(): TrainingControls | null | undefined
}

/** Where a hand-over is written to and read from, chosen by a person. */
export interface HandOverFiles {
  choosePlace(): Promise<string | null>
  write(file: string, bytes: Uint8Array): Promise<void>
  /** Fails when the file cannot be read, or is larger than any hand-over. */
  read(): Promise<Result<Uint8Array, 'not-read' | 'no-hand-over'> | null>
}

/** Whether the till starts with the computer, as the system has it. */
export interface StartUp {
  isOn(): boolean
  set(isOn: boolean): void
}

/** Chosen by a person; `null` when the dialog was cancelled. */
export interface BackupFiles {
  chooseFolder(): Promise<string | null>
  choose(): Promise<string | null>
}

/** Puts a backup in the place of the records. */
export interface Restoring {
  look(file: string): Result<Omit<BackupFacts, 'name'>, RestoreFault>
  /** Answers where the records of before are kept. The till is opened anew. */
  restore(file: string): Promise<Result<string, RestoreFault>>
}

/** Printing, saving and copying what the page shows. */
export interface Reports {
  print(paper: ReportPaper): Promise<boolean>
  save(name: string, file: ReportFile): Promise<string | null>
  copy(text: string): Promise<void>
}

export interface TrainingControls {
  samples(): Promise<SampleCoupon[]>
  renewSamples(): Promise<SampleCoupon[]>
  setNetwork(network: 'up' | 'cut'): Promise<void>
}
