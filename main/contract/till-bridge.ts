import type { EventPayload, RequestInput, RequestOutput } from './api.ts'
import type { EventName, RequestErrorCode, RequestName } from './channels.ts'
import type { Platform } from './platform.ts'
import type { Result } from './result.ts'

export type Reply<N extends RequestName> = Promise<
  Result<RequestOutput<N>, { code: RequestErrorCode }>
>
type Request<N extends RequestName> = (input: RequestInput<N>) => Reply<N>
type Subscribe<N extends EventName> = (listener: (payload: EventPayload<N>) => void) => () => void

/** `window.till`: the whole of what the page can reach. The preload builds it, frozen. */
export interface TillBridge {
  /** Whose words the page uses, e.g. for the keychain. */
  readonly platform: Platform
  readonly snapshot: Request<'app.snapshot'>
  readonly onChanged: Subscribe<'app.changed'>
  readonly setLanguage: Request<'app.setLanguage'>
  readonly setScanner: Request<'app.setScanner'>
  readonly setPlacement: Request<'app.setPlacement'>
  readonly setWrapping: Request<'app.setWrapping'>
  readonly setScannerConnection: Request<'scanner.setConnection'>
  readonly scannerPorts: Request<'scanner.ports'>
  readonly onScannerRead: Subscribe<'scanner.read'>
  readonly redeem: Request<'till.redeem'>
  readonly onCounterChanged: Subscribe<'counter.changed'>
  readonly misread: Request<'counter.misread'>
  readonly setTotal: Request<'counter.setTotal'>
  readonly nextCustomer: Request<'counter.nextCustomer'>
  readonly lookAway: Request<'counter.lookAway'>
  readonly keepCoupon: Request<'counter.keep'>
  readonly giveDiscount: Request<'counter.give'>
  readonly returnUngiven: Request<'counter.return'>
  readonly chooseStock: Request<'counter.chooseStock'>
  readonly syncNow: Request<'outbox.syncNow'>
  readonly trainingSamples: Request<'training.samples'>
  readonly renewTrainingSamples: Request<'training.renewSamples'>
  readonly setTrainingNetwork: Request<'training.setNetwork'>
  readonly retry: Request<'app.retry'>
  readonly setupState: Request<'setup.state'>
  readonly chooseSetupFiles: Request<'setup.chooseFiles'>
  readonly takeSetupFiles: Request<'setup.takeFiles'>
  readonly checkSetup: Request<'setup.check'>
  readonly testSetup: Request<'setup.test'>
  readonly applySetup: Request<'setup.apply'>
  readonly deleteSetupSources: Request<'setup.deleteSources'>
  readonly forgetSetup: Request<'setup.forget'>
  readonly readStartUp: Request<'startUp.read'>
  readonly setStartUp: Request<'startUp.set'>
  readonly chooseBackupFolder: Request<'backup.chooseFolder'>
  readonly makeBackup: Request<'backup.make'>
  readonly turnOffBackup: Request<'backup.turnOff'>
  readonly chooseBackup: Request<'backup.choose'>
  readonly restoreBackup: Request<'backup.restore'>
  readonly setUpdateAddress: Request<'updates.setAddress'>
  readonly checkUpdates: Request<'updates.check'>
  readonly setAppearance: Request<'app.setAppearance'>
  readonly setSound: Request<'app.setSound'>
  readonly signIn: Request<'session.signIn'>
  readonly signOut: Request<'session.signOut'>
  readonly approve: Request<'session.approve'>
  readonly touch: Request<'session.touch'>
  readonly saveStaff: Request<'staff.save'>
  readonly removeStaff: Request<'staff.remove'>
  readonly openShift: Request<'shift.open'>
  readonly closeShift: Request<'shift.close'>
  readonly acknowledgeShift: Request<'shift.acknowledge'>
  readonly listShifts: Request<'shift.list'>
  readonly readSettings: Request<'settings.read'>
  readonly saveSettings: Request<'settings.save'>
  readonly giveBack: Request<'redemption.giveBack'>
  readonly cancelRedemption: Request<'redemption.cancel'>
  readonly sendAgain: Request<'redemption.sendAgain'>
  readonly resolveRedemption: Request<'redemption.resolve'>
  readonly honourAnyway: Request<'redemption.honour'>
  readonly lookUp: Request<'redemption.lookUp'>
  readonly listReview: Request<'review.list'>
  readonly decideAll: Request<'review.decideAll'>
  readonly searchHistory: Request<'history.search'>
  readonly readHistory: Request<'history.detail'>
  readonly readInsights: Request<'insights.read'>
  readonly readShiftReport: Request<'shift.report'>
  readonly printReport: Request<'report.print'>
  readonly saveReport: Request<'report.save'>
  readonly exportOpen: Request<'handOver.export'>
  readonly listExports: Request<'handOver.list'>
  readonly exportAgain: Request<'handOver.again'>
  readonly importOpen: Request<'handOver.import'>
  readonly copyText: Request<'app.copyText'>
  readonly historyNames: Request<'history.names'>
  readonly setPaused: Request<'outbox.setPaused'>
  /** Of a `File` that was dropped on the page; empty for one that is on no disk. */
  pathOfFile(file: object): string
}
