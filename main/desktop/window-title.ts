import type { Language } from '../contract/snapshot.ts'
import { words } from '../contract/words/index.ts'
import type { LaunchOptions } from './launch-options.ts'

/** The window's title says what a glance at the task bar must not miss: training, and a development runtime. */
export function windowTitle(options: LaunchOptions, language: Language): string {
  const { till, training } = words[language]
  const parts = [till.appName]
  if (options.mode === 'training') parts.push(training.title)
  if (options.developmentRuntime)
    parts.push(till.status.development.replace('{{version}}', process.versions['electron'] ?? ''))
  return parts.join(' · ')
}
