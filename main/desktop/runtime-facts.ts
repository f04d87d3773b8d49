import { app } from 'electron'
import type { AppSnapshot } from '../contract/snapshot.ts'

/** What runs here, for the screen and for support. */
export function runtimeFacts(
  isDevelopment: boolean,
  shortcut: string | null,
): AppSnapshot['runtime'] {
  const { electron } = process.versions
  return { version: app.getVersion(), electron, development: isDevelopment, shortcut }
}
