import type { ScannerProfile } from '../../../renderer/scanner/scanner-profile.ts'
import { strokeOf, type KeyStroke } from '../../../renderer/scanner/key-stroke.ts'

/** Records what the scanner page received, for the test to read, and offers the few actions that the test needs. */
class PageLog {
  readonly scans: string[] = []
  readonly rejected: string[] = []
  /** Codes submitted with Enter in the code field. */
  readonly typed: string[] = []
  /** Every key event before any handling, to find out why a scan was not read. */
  readonly strokes: KeyStroke[] = []
  clicks = 0
  submitted = 0
  profile: ScannerProfile | null = null

  clear(): void {
    for (const list of [this.scans, this.rejected, this.typed, this.strokes]) list.length = 0
    this.clicks = 0
    this.submitted = 0
  }

  fields() {
    const code = document.querySelector('[role=textbox]')?.textContent ?? ''
    const nameState = document.querySelector('#name-state')?.textContent ?? ''
    return { code, name: valueOf('name'), nameState, note: valueOf('note') }
  }

  /** Returns what the calibration shows: which code, or its findings. */
  calibration() {
    const image = document.querySelector('[data-testid=calibration-step] img')
    const report = document.querySelector('[data-testid=calibration-report]')
    const code = image instanceof HTMLElement ? image.dataset['code'] : undefined
    const found = report instanceof HTMLElement ? report.dataset['findings'] : undefined
    return { code: code ?? null, findings: found ?? null, profile: this.profile }
  }

  /** Focuses a field; `nothing` removes the focus. */
  focus(field: string): void {
    const target = document.querySelector(field === 'code' ? '[role=textbox]' : `#${field}`)
    if (target instanceof HTMLElement) target.focus()
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }
}

function valueOf(id: string): string {
  const field = document.querySelector(`#${id}`)
  const hasValue = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
  return hasValue ? field.value : ''
}

declare global {
  interface Window {
    pageLog: PageLog
  }
}

export const pageLog = new PageLog()
window.pageLog = pageLog

/** Enough for the latest scan or two. */
const rememberedStrokes = 400
const record = (event: KeyboardEvent): void => {
  pageLog.strokes.push(strokeOf(event))
  if (pageLog.strokes.length > rememberedStrokes) pageLog.strokes.shift()
}
window.addEventListener('keydown', record, { capture: true })
window.addEventListener('keyup', record, { capture: true })
