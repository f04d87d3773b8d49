import type { z } from 'zod'
import { appRequests } from './app-requests.ts'
import { AttachedRead } from './attached-scanner.ts'
import { counterRequests } from './counter-requests.ts'
import { CounterView } from './counter.ts'
import { handOverRequests } from './hand-over-requests.ts'
import { personOrderRequests } from './person-order-requests.ts'
import { preferenceRequests } from './preferences.ts'
import { recordsRequests } from './records-requests.ts'
import type { RequestKind } from './requests.ts'
import { setupRequests } from './setup-requests.ts'
import { shopRequests } from './shop-requests.ts'
import { AppSnapshot } from './snapshot.ts'
import { trainingRequests } from './training-requests.ts'
import { updateRequests } from './update-requests.ts'
import { upkeepRequests } from './upkeep-requests.ts'

/**
 * Every request that the page may make: the one list. What goes in and what comes out is checked by it, and who may make the
 * request. The page's functions are made of its names (`till-bridge.ts`).
 */
export const requests = {
  ...appRequests,
  ...preferenceRequests,
  ...trainingRequests,
  ...counterRequests,
  ...setupRequests,
  ...upkeepRequests,
  ...updateRequests,
  ...shopRequests,
  ...personOrderRequests,
  ...recordsRequests,
  ...handOverRequests,
} as const satisfies Record<string, RequestKind>

/** Everything that the page is told without asking. */
export const events = {
  'app.changed': AppSnapshot,
  /** At once, before the snapshot that follows. */
  'counter.changed': CounterView,
  /** Each scan once, as it came. */
  'scanner.read': AttachedRead,
} as const satisfies Record<string, z.ZodType>

export type RequestName = keyof typeof requests
export type EventName = keyof typeof events

/** The names alone: the build puts them into the preload script, which holds no schema. */
export interface ChannelNames {
  readonly requests: readonly RequestName[]
  readonly events: readonly EventName[]
}
export const channelNames: ChannelNames = { requests: namesIn(requests), events: namesIn(events) }

function namesIn<T extends object>(list: T): (keyof T & string)[] {
  return Object.keys(list).filter((name): name is keyof T & string => name in list)
}

export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>
/** As the handler gets it, with what the page left out filled in. */
export type ParsedInput<N extends RequestName> = z.output<(typeof requests)[N]['input']>
export type RequestOutput<N extends RequestName> = z.infer<(typeof requests)[N]['output']>
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>
