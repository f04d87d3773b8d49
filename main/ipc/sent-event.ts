import type { EventName, EventPayload } from '../contract/api.ts'
import type { AppSnapshot } from '../contract/snapshot.ts'

/** An event of the contract with what it says. */
export type SentEvent = {
  [N in EventName]: { readonly name: N; readonly payload: EventPayload<N> }
}[EventName]

/** The event that says the whole state. */
export const wholeState = 'app.changed'

/** Returns what the event says of the whole state; `null` for an event that is about something else. */
export function snapshotIn(event: SentEvent): AppSnapshot | null {
  return event.name === wholeState ? event.payload : null
}

export type SendEvent = (event: SentEvent) => void
