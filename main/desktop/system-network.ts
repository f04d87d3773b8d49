import { app, session } from 'electron'

/** What the client needs to know of this computer's way to the network. */
export function systemNetwork(): {
  readonly resolveProxy: (url: string) => Promise<string>
  readonly userAgent: string
} {
  return {
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    userAgent: `hexiao-till/${app.getVersion()}`,
  }
}
