import { strokeOf, type KeyStroke } from '../../../renderer/scanner/key-stroke.ts'

/** What the scanner page heard, for the test to read. */
export interface PageLog {
  readonly scans: string[]
  readonly rejected: string[]
  readonly typed: string[]
  /** Every key event, before anybody dealt with it: to see why a scan was not read. */
  readonly strokes: KeyStroke[]
  clicks: number
  submitted: number
}

declare global {
  interface Window {
    pageLog: PageLog
  }
}

export const pageLog: PageLog = {
  scans: [],
  rejected: [],
  typed: [],
  strokes: [],
  clicks: 0,
  submitted: 0,
}
window.pageLog = pageLog

const record = (event: KeyboardEvent): void => {
  pageLog.strokes.push(strokeOf(event))
}
window.addEventListener('keydown', record, { capture: true })
window.addEventListener('keyup', record, { capture: true })
