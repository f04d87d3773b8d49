import { app } from 'electron'
import type { LaunchOptions } from './launch-options.ts'
import type { AppSnapshot } from '../contract/snapshot.ts'

/** The versions of this program and of Electron, and the raise shortcut, for the screen and for support. */
export function readRuntimeFacts(
  { developmentRuntime, practice }: Pick<LaunchOptions, 'developmentRuntime' | 'practice'>,
  shortcut: string | null,
): AppSnapshot['runtime'] {
  const { electron } = process.versions
  const version = app.getVersion()
  return { version, electron, development: developmentRuntime, practice, shortcut }
}
