import type { OfficeEventName, OfficeRequestName } from './office-requests.ts'

/** Put in by the build, as the till's (`built-in-names.ts`). */
declare const OFFICE_CHANNEL_NAMES: {
  readonly requests: readonly OfficeRequestName[]
  readonly events: readonly OfficeEventName[]
}

export const builtInOfficeNames = OFFICE_CHANNEL_NAMES
