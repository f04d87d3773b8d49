import type { ObservableApplication } from '../app/application.ts'
import { events } from '../contract/api.ts'
import { type SendEvent, wholeState } from './sent-event.ts'

/**
 * Changes within so many milliseconds are sent as one snapshot, after the verdict that they belong to. Nobody notices
 * 40 ms.
 */
const gatherMs = 40

/**
 * Sends events, each after a check by its schema: what does not fit throws. Returns a function that ends it.
 */
export function sendEvents(
  send: SendEvent,
  application: Pick<
    ObservableApplication,
    'snapshot' | 'subscribe' | 'onCounter' | 'onScannerRead'
  >,
): () => void {
  // A verdict is sent at once. A scan without one can wait for the snapshot, because the page itself shows that it is
  // sent.
  const stopCounter = application.onCounter((counter) => {
    const isWithoutVerdict = counter.shown !== null && counter.shown.verdict === null
    if (!isWithoutVerdict)
      send({ name: 'counter.changed', payload: events['counter.changed'].parse(counter) })
  })
  const stopScanner = application.onScannerRead((read) =>
    send({ name: 'scanner.read', payload: events['scanner.read'].parse(read) }),
  )
  let timer: NodeJS.Timeout | null = null
  const unsubscribe = application.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = null
      send({ name: wholeState, payload: events[wholeState].parse(application.snapshot()) })
    }, gatherMs)
  })
  return () => {
    unsubscribe()
    stopCounter()
    stopScanner()
    if (timer) clearTimeout(timer)
  }
}
