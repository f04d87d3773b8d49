import type { WebContents } from 'electron'
import type { ObservableApplication } from '../app/application.ts'
import { sendEvent } from './router.ts'

/** Changes that come together are drawn together, and after the verdict that they belong to. Nobody sees 40 ms. */
const togetherMs = 40

/** Keeps the page's mirror up to date. Answers how to stop. */
export function sendSnapshots(
  page: WebContents,
  application: Pick<ObservableApplication, 'snapshot' | 'subscribe' | 'onCounter'>,
): () => void {
  // A verdict waits for nothing. That a scan is on its way the page has said by itself, and the snapshot says it too.
  const stopCounter = application.onCounter((counter) => {
    const isOnItsWay = counter.shown !== null && counter.shown.verdict === null
    if (!isOnItsWay) sendEvent(page, 'counter.changed', counter)
  })
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
    if (timer) clearTimeout(timer)
  }
}
