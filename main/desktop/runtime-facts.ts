import { app } from 'electron'
import type { AppSnapshot } from '../contract/snapshot.ts'

/** The versions of this program and of Electron, and the raise shortcut, for the screen and for support. */
export function readRuntimeFacts(
  isDevelopment: boolean,
  shortcut: string | null,
): AppSnapshot['runtime'] {
  const { electron } = process.versions
  return { version: app.getVersion(), electron, development: isDevelopment, shortcut }
}
