import type { ScannerConnection, SerialPortView } from '../contract/attached-scanner.ts'
import type { ReportFile, ReportPaper } from '../contract/report-file.ts'
import type { ShopSettings } from '../contract/shop-settings.ts'
import type { AppSnapshot, SampleCoupon } from '../contract/snapshot.ts'
import type { Records } from '../modes/records.ts'
import type { SetupControls } from '../modes/setup.ts'
import type { Till } from '../redemption/till.ts'
import type { Shop } from '../shop/shop.ts'

/** What this computer keeps of its user's choices. */
export type Preferences = Pick<
  AppSnapshot,
  'language' | 'scanner' | 'scannerConnection' | 'wrapping' | 'placement' | 'appearance' | 'sound'
>

/** What the handlers need of the rest: no Electron, so that they can be read and tested as plain functions. */
export interface Application {
  snapshot(): AppSnapshot
  prefer(change: Partial<Preferences>): void
  setScannerConnection(connection: ScannerConnection): void
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
  /** Absent in live mode. */
  training(): TrainingControls | null | undefined
}

/** Where a hand-over is written to and read from, chosen by a person. */
export interface HandOverFiles {
  choosePlace(): Promise<string | null>
  write(file: string, bytes: Uint8Array): Promise<void>
  read(): Promise<Uint8Array | null>
}

/** Printing and saving what the page shows as its report. */
export interface Reports {
  print(paper: ReportPaper): Promise<boolean>
  save(name: string, file: ReportFile): Promise<string | null>
}

export interface TrainingControls {
  samples(): Promise<SampleCoupon[]>
  renewSamples(): Promise<SampleCoupon[]>
  setNetwork(network: 'up' | 'cut'): Promise<void>
}
