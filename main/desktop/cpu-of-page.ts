import { app, type WebContents } from 'electron'

/** Returns how long the process of this page has run on a processor so far, ms; `null` where that is not known. */
export function cpuOf(contents: Pick<WebContents, 'getOSProcessId'>): number | null {
  const id = contents.getOSProcessId()
  const seconds = app.getAppMetrics().find(({ pid }) => pid === id)?.cpu.cumulativeCPUUsage
  return seconds === undefined ? null : seconds * 1000
}
