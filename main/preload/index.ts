import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { EventPayload, RequestInput } from '../contract/api.ts'
import type { EventName, RequestName } from '../contract/channels.ts'
import { platformOf } from '../contract/platform.ts'
import type { Reply, TillBridge } from '../contract/till-bridge.ts'

// `ipcRenderer.invoke` answers `any`; the router has checked the output against the channel's schema.
function request<N extends RequestName>(name: N): (input: RequestInput<N>) => Reply<N> {
  return (input) => ipcRenderer.invoke(name, input)
}

function subscribe<N extends EventName>(name: N) {
  return (listener: (payload: EventPayload<N>) => void): (() => void) => {
    // The Electron event object stays here: it would hand the page a way to send on any channel.
    const relay = (_event: unknown, payload: EventPayload<N>): void => listener(payload)
    ipcRenderer.on(name, relay)
    return () => {
      ipcRenderer.removeListener(name, relay)
    }
  }
}

const bridge: TillBridge = Object.freeze({
  platform: platformOf(process.platform),
  snapshot: request('app.snapshot'),
  onChanged: subscribe('app.changed'),
  setLanguage: request('app.setLanguage'),
  setScanner: request('app.setScanner'),
  setPlacement: request('app.setPlacement'),
  setWrapping: request('app.setWrapping'),
  setScannerConnection: request('scanner.setConnection'),
  scannerPorts: request('scanner.ports'),
  onScannerRead: subscribe('scanner.read'),
  redeem: request('till.redeem'),
  onCounterChanged: subscribe('counter.changed'),
  misread: request('counter.misread'),
  setTotal: request('counter.setTotal'),
  nextCustomer: request('counter.nextCustomer'),
  lookAway: request('counter.lookAway'),
  keepCoupon: request('counter.keep'),
  giveDiscount: request('counter.give'),
  returnUngiven: request('counter.return'),
  chooseStock: request('counter.chooseStock'),
  syncNow: request('outbox.syncNow'),
  trainingSamples: request('training.samples'),
  renewTrainingSamples: request('training.renewSamples'),
  setTrainingNetwork: request('training.setNetwork'),
  retry: request('app.retry'),
  setupState: request('setup.state'),
  chooseSetupFiles: request('setup.chooseFiles'),
  takeSetupFiles: request('setup.takeFiles'),
  checkSetup: request('setup.check'),
  testSetup: request('setup.test'),
  applySetup: request('setup.apply'),
  deleteSetupSources: request('setup.deleteSources'),
  forgetSetup: request('setup.forget'),
  readStartUp: request('startUp.read'),
  setStartUp: request('startUp.set'),
  chooseBackupFolder: request('backup.chooseFolder'),
  makeBackup: request('backup.make'),
  turnOffBackup: request('backup.turnOff'),
  chooseBackup: request('backup.choose'),
  restoreBackup: request('backup.restore'),
  setUpdateAddress: request('updates.setAddress'),
  checkUpdates: request('updates.check'),
  setAppearance: request('app.setAppearance'),
  setSound: request('app.setSound'),
  signIn: request('session.signIn'),
  signOut: request('session.signOut'),
  approve: request('session.approve'),
  touch: request('session.touch'),
  saveStaff: request('staff.save'),
  removeStaff: request('staff.remove'),
  openShift: request('shift.open'),
  closeShift: request('shift.close'),
  acknowledgeShift: request('shift.acknowledge'),
  listShifts: request('shift.list'),
  readSettings: request('settings.read'),
  saveSettings: request('settings.save'),
  giveBack: request('redemption.giveBack'),
  cancelRedemption: request('redemption.cancel'),
  sendAgain: request('redemption.sendAgain'),
  resolveRedemption: request('redemption.resolve'),
  honourAnyway: request('redemption.honour'),
  lookUp: request('redemption.lookUp'),
  listReview: request('review.list'),
  decideAll: request('review.decideAll'),
  searchHistory: request('history.search'),
  readHistory: request('history.detail'),
  readInsights: request('insights.read'),
  readShiftReport: request('shift.report'),
  printReport: request('report.print'),
  saveReport: request('report.save'),
  exportOpen: request('handOver.export'),
  listExports: request('handOver.list'),
  exportAgain: request('handOver.again'),
  importOpen: request('handOver.import'),
  copyText: request('app.copyText'),
  historyNames: request('history.names'),
  setPaused: request('outbox.setPaused'),
  pathOfFile: (file: File) => webUtils.getPathForFile(file),
})

contextBridge.exposeInMainWorld('till', bridge)
