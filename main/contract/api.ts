import type { z } from 'zod'
import { appRequests } from './app-requests.ts'
import { AttachedRead } from './attached-scanner.ts'
import { chainRequests } from './chain-requests.ts'
import { counterRequests } from './counter-requests.ts'
import { CounterView } from './counter.ts'
import { decommissionRequests } from './decommission.ts'
import { handOverRequests } from './hand-over-requests.ts'
import { ownerRequests } from './owner.ts'
import { personOrderRequests } from './person-order-requests.ts'
import { posRequests } from './pos-requests.ts'
import { preferenceRequests } from './preferences.ts'
import { recordsRequests } from './records-requests.ts'
import type { RequestKind } from './requests.ts'
import { setupRequests } from './setup-requests.ts'
import { shopRequests } from './shop-requests.ts'
import { AppSnapshot } from './snapshot.ts'
import { trainingRequests } from './training-requests.ts'
import { updateRequests } from './update-requests.ts'
import { upkeepRequests } from './upkeep-requests.ts'

/*
 * main/contract is what the main process and the page have agreed on. Here live the requests and events between them,
 * the schemas of what is sent, the words of the screens, and small rules that both sides apply. It imports no other
 * folder and nothing of Electron or Node, because both sides load it. No state, no decision about a coupon and no
 * secret lives here.
 */

/**
 * The list of all requests that the page may make. The router checks input, output and permission by it, and the
 * functions of the page are derived from its names (`till-bridge.ts`).
 */
export const requests = {
  ...appRequests,
  ...preferenceRequests,
  ...trainingRequests,
  ...counterRequests,
  ...setupRequests,
  ...ownerRequests,
  ...decommissionRequests,
  ...upkeepRequests,
  ...updateRequests,
  ...shopRequests,
  ...posRequests,
  ...chainRequests,
  ...personOrderRequests,
  ...recordsRequests,
  ...handOverRequests,
} as const satisfies Record<string, RequestKind>

/** The list of all events that the main process sends to the page. */
export const events = {
  'app.changed': AppSnapshot,
  /** Sent at once; the snapshot with the same news follows a little later. */
  'counter.changed': CounterView,
  /** Each scan by a device that does not type, once, as it came. */
  'scanner.read': AttachedRead,
} as const satisfies Record<string, z.ZodType>

export type RequestName = keyof typeof requests
export type EventName = keyof typeof events

/**
 * The names without the schemas. The build puts them into the preload script and into the window's thread, which would
 * otherwise load all schemas (`built-in-names.ts`).
 */
export interface ChannelNames {
  readonly requests: readonly RequestName[]
  readonly events: readonly EventName[]
}
export const channelNames: ChannelNames = { requests: namesIn(requests), events: namesIn(events) }

function namesIn<T extends object>(list: T): (keyof T & string)[] {
  return Object.keys(list).filter((name): name is keyof T & string => name in list)
}

export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>
/** The input as the handler gets it: where the page left a field out, its default is filled in. */
export type ParsedInput<N extends RequestName> = z.output<(typeof requests)[N]['input']>
export type RequestOutput<N extends RequestName> = z.infer<(typeof requests)[N]['output']>
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>
