import type { AppSnapshot } from '../contract/snapshot.ts'
import type { Clipboard } from '../redemption/discount-copy.ts'
import type { Devices } from '../scanners/attached-scanner.ts'
import type { FetchText } from '../updates/update-checker.ts'
import type { UpdateProgram } from '../updates/update-installer.ts'
import type { BackupFiles } from './backup-orders.ts'
import type { CounterSight } from './counter-sight.ts'
import type { DiagnosticsFile } from './diagnostics.ts'
import type { HandOverFiles } from './hand-over-orders.ts'
import type { ChainDesk } from './live/chain-desk.ts'
import type { Arrival } from './live/arrival.ts'
import type { ProvisionedTill } from './live/provisioned-till.ts'
import type { MismatchDesk } from './live/mismatch-desk.ts'
import type { OwnerCheck } from './live/owner-check.ts'
import type { Application, KeptPreferences } from './ports.ts'
import type { TillHost } from './till-host.ts'

/** What an application joins. */
export interface ApplicationParts {
  readonly till: {
    readonly host: TillHost
    readonly setup: Application['setup']
    readonly owners: Pick<OwnerCheck, 'confirm'> & Pick<MismatchDesk, 'found' | 'take'>
    readonly arrival: Arrival
    readonly decommission: Application['decommission']
    readonly chain: (reopen: () => Promise<void>) => ChainDesk
    readonly provisioned: ProvisionedTill
  }
  readonly sight: Pick<CounterSight, 'pageShows' | 'scanned' | 'onFront'>
  readonly computer: {
    readonly preferences: KeptPreferences
    readonly startUp: Application['startUp']
    readonly licences: Application['licences']
    /** Where settings, records and logs are. */
    readonly dataFolder: string
    readonly runtime: AppSnapshot['runtime']
    /** Epoch milliseconds. */
    readonly clock: () => number
    /** Uses the system's proxy. Not for WeChat Pay, which has a client of its own. */
    readonly fetchText: FetchText
    readonly updateProgram: UpdateProgram
    readonly openPractice: Application['openPractice']
    /** Opens scanners that do not act as a keyboard. */
    readonly devices: Devices
  }
  /** What asks a person for a file, or prints. */
  readonly dialogs: {
    readonly reports: Application['reports']
    readonly clipboard: Clipboard
    readonly handOverFiles: HandOverFiles
    readonly backupFiles: BackupFiles
    readonly diagnosticsFile: DiagnosticsFile
  }
  /** What was thrown in the background: by the disk while a backup was written or restored, or by a till. */
  readonly onFault: (of: 'backup' | 'till' | 'update' | 'pos', cause: unknown) => void
}
