import { session, type WebPreferences } from 'electron'
import { lockDownSession } from './lockdown.ts'

/** Returns how a window shows a finished document: in a session of its own, locked down, and without any script. */
export function scriptlessPage(partition: string): WebPreferences {
  const pages = session.fromPartition(partition)
  lockDownSession(pages)
  return {
    session: pages,
    javascript: false,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    devTools: false,
  }
}
