import type { AppSnapshot } from '../contract/snapshot.ts'
import { wordsHere } from '../words-here.ts'

type WindowTitleParts = Pick<AppSnapshot, 'mode' | 'language' | 'runtime'>

/** The window's title says what a glance at the task bar must not miss: training, and a development runtime. */
export function windowTitle({ mode, language, runtime }: WindowTitleParts): string {
  const { till, training } = wordsHere(language)
  const parts = [till.appName]
  if (mode === 'training') parts.push(training.title)
  if (runtime.development)
    parts.push(till.status.development.replace('{{version}}', runtime.electron))
  return parts.join(' · ')
}
