/** Channel names alone, so that the sandboxed preload bundles no schema. `api.ts` must name the same set. */
export const requestNames = [
  'app.snapshot',
  'app.setLanguage',
  'app.retry',
  'app.setScanner',
  'app.setPlacement',
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
] as const
export type RequestName = (typeof requestNames)[number]

export const eventNames = ['app.changed', 'scanner.read'] as const
export type EventName = (typeof eventNames)[number]

/** Why a request was not carried out. Never a message or a stack: words come from the catalogue by code. */
export const requestErrorCodes = [
  'bad-request',
  'not-allowed',
  'not-available',
  'internal',
] as const
export type RequestErrorCode = (typeof requestErrorCodes)[number]
