import type { WebContents } from 'electron'
import type { ObservableApplication } from '../app/application.ts'
import { sendEvent } from './router.ts'

/** Changes that come together are drawn together, and after the verdict that they belong to. Nobody sees 40 ms. */
const togetherMs = 40

/** Tells the page what it has to know without asking. Returns how to stop. */
export function sendEvents(
  page: WebContents,
  application: Pick<
    ObservableApplication,
    'snapshot' | 'subscribe' | 'onCounter' | 'onScannerRead'
  >,
): () => void {
  // A verdict waits for nothing. That a scan is on its way the page has said by itself, and the snapshot says it too.
  const stopCounter = application.onCounter((counter) => {
    const isOnItsWay = counter.shown !== null && counter.shown.verdict === null
    if (!isOnItsWay) sendEvent(page, 'counter.changed', counter)
  })
  const stopScanner = application.onScannerRead((read) => sendEvent(page, 'scanner.read', read))
  let timer: NodeJS.Timeout | null = null
  const unsubscribe = application.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = null
      sendEvent(page, 'app.changed', application.snapshot())
    }, togetherMs)
  })
  return () => {
    unsubscribe()
    stopCounter()
    stopScanner()
    if (timer) clearTimeout(timer)
  }
}
