import type { AppSnapshot } from '../contract/snapshot.ts'
import { wordsHere } from '../words-here.ts'

type WindowTitleParts = Pick<AppSnapshot, 'mode' | 'language' | 'runtime'>

/** The window's title. It tells of training and of a development runtime, so that the task bar shows them too. */
export function windowTitle({ mode, language, runtime }: WindowTitleParts): string {
  const { till, training } = wordsHere(language)
  const parts = runtime.practice ? [training.practice, till.appName] : [till.appName]
  if (mode === 'training' && !runtime.practice) parts.push(training.title)
  if (runtime.development)
    parts.push(till.status.development.replace('{{version}}', runtime.electron))
  return parts.join(' · ')
}
