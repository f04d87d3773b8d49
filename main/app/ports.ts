import type { SerialPortView } from '../contract/attached-scanner.ts'
import type { UpdateChecker } from '../updates/update-checker.ts'
import type { Preferences, PreferencesChange } from '../contract/preferences.ts'
import type { ReportFile, ReportPaper } from '../contract/report-file.ts'
import type { ShopSettings } from '../contract/shop-settings.ts'
import type { AppSnapshot, SampleCoupon } from '../contract/snapshot.ts'
import type { BackupOrders } from './backup-orders.ts'
import type { HandOverOrders } from './hand-over-orders.ts'
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
  readonly handOvers: HandOverOrders
  readonly startUp: StartUp
  readonly backups: BackupOrders
  readonly updates: Pick<UpdateChecker, 'setAddress' | 'check'>
  /** Absent in live mode. */
  training(): TrainingControls | null | undefined
}

/** Whether the till starts with the computer, as the system has it. */
export interface StartUp {
  isOn(): boolean
  set(isOn: boolean): void
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
