import { app, session } from 'electron'
import type { LiveNetwork } from '../app/live/live-gateway.ts'

/** What the client of WeChat Pay needs of Electron. */
export function createSystemNetwork(): LiveNetwork {
  return {
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    userAgent: `hexiao-till/${app.getVersion()}`,
  }
}
