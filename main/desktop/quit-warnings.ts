import type { AppSnapshot } from '../contract/snapshot.ts'
import { wordsHere } from '../words-here.ts'

interface Closing extends Pick<AppSnapshot, 'chain' | 'language'> {
  readonly queue: Pick<AppSnapshot['queue'], 'waiting' | 'review' | 'honouredFen'>
}

/** What a person should know before the till is closed; empty where nobody has to be asked. */
export function warningsOf({
  queue,
  chain,
  language,
}: Closing): { title: string; detail: string }[] {
  const { quit } = wordsHere(language).window
  const unsettled = queue.waiting + queue.review
  const yuan = ((queue.honouredFen ?? 0) / 100).toFixed(2)
  const isServer = chain !== null && chain.server !== null
  return [
    ...(unsettled === 0
      ? []
      : [
          {
            title: quit.title.replace('{{count}}', String(unsettled)),
            detail: quit.detail.replace('{{yuan}}', yuan),
          },
        ]),
    ...(isServer ? [{ title: quit.serverTitle, detail: quit.serverDetail }] : []),
  ]
}
