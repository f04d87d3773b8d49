/** Channel names alone, so that the sandboxed preload bundles no schema. `api.ts` must name the same set. */
export const requestNames = [
  'app.snapshot',
  'app.setLanguage',
  'app.retry',
  'app.setScanner',
  'app.setPlacement',
  'app.setAppearance',
  'app.setSound',
  'app.setWrapping',
  'scanner.setConnection',
  'scanner.ports',
  'till.redeem',
  'outbox.syncNow',
  'training.samples',
  'training.renewSamples',
  'training.setNetwork',
  'setup.state',
  'setup.chooseFiles',
  'setup.takeFiles',
  'setup.test',
  'setup.apply',
  'setup.deleteSources',
  'setup.forget',
  'session.signIn',
  'session.signOut',
  'session.approve',
  'session.touch',
  'staff.save',
  'staff.remove',
  'shift.open',
  'shift.close',
  'shift.acknowledge',
  'shift.list',
  'settings.read',
  'settings.save',
  'redemption.giveBack',
  'redemption.cancel',
  'redemption.sendAgain',
  'redemption.resolve',
  'redemption.honour',
  'review.list',
  'outbox.setPaused',
  'history.search',
  'history.detail',
  'history.names',
  'app.copyText',
] as const
export type RequestName = (typeof requestNames)[number]

export const eventNames = ['app.changed', 'scanner.read'] as const
export type EventName = (typeof eventNames)[number]

/** Why a request was not carried out. Never a message or a stack: words come from the catalogue by code. */
export const requestErrorCodes = [
  'bad-request',
  'not-allowed',
  'signed-out',
  'role-too-low',
  'not-available',
  'internal',
] as const
export type RequestErrorCode = (typeof requestErrorCodes)[number]
