import type { WebContents } from 'electron'
import type { ObservableApplication } from '../app/application.ts'
import { sendEvent } from './router.ts'

/**
 * Changes within so many milliseconds are sent as one snapshot, after the verdict that they belong to. Nobody notices
 * 40 ms.
 */
const gatherMs = 40

/** Sends events to the page. Returns a function that ends it. */
export function sendEvents(
  page: WebContents,
  application: Pick<
    ObservableApplication,
    'snapshot' | 'subscribe' | 'onCounter' | 'onScannerRead'
  >,
): () => void {
  // A verdict is sent at once. A scan without one can wait for the snapshot, because the page itself shows that it is
  // sent.
  const stopCounter = application.onCounter((counter) => {
    const isWithoutVerdict = counter.shown !== null && counter.shown.verdict === null
    if (!isWithoutVerdict) sendEvent(page, 'counter.changed', counter)
  })
  const stopScanner = application.onScannerRead((read) => sendEvent(page, 'scanner.read', read))
  let timer: NodeJS.Timeout | null = null
  const unsubscribe = application.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = null
      sendEvent(page, 'app.changed', application.snapshot())
    }, gatherMs)
  })
  return () => {
    unsubscribe()
    stopCounter()
    stopScanner()
    if (timer) clearTimeout(timer)
  }
}
