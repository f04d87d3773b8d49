import type { Decision } from './decision.ts'
import { focusedField, type GuardedField } from './guarded-field.ts'

/** Events closer together than this belong to one burst of typing. */
const burstMs = 150
/** An input method may hand over text this long after the last key of the scan that it took. */
const lateTextMs = 400

interface Noted {
  readonly field: GuardedField
  readonly putBack: (typed: string) => void
}

/**
 * Keeps scans out of text fields. It notes the focused field when something begins that may be a scan, and puts it
 * back when it was one, also when an input method had made words of it.
 */
export class FieldGuard {
  private readonly page: Document
  private readonly now: () => number
  /** The field as it was when the latest possible scan began. */
  private atRunStart: Noted | null = null
  /** The field as it was before this burst of events: an input method may change it before any key arrives. */
  private beforeBurst: Noted | null = null
  private burstAt = Number.NEGATIVE_INFINITY
  private cleaning: { readonly noted: Noted; readonly until: number } | null = null

  constructor(page: Document, now: () => number) {
    this.page = page
    this.now = now
  }

  listen(signal: AbortSignal): void {
    const options = { capture: true, signal }
    for (const type of ['keydown', 'compositionstart', 'beforeinput'] as const) {
      this.page.addEventListener(type, () => this.burst(), options)
    }
    this.page.addEventListener('input', (event) => this.lateText(event), options)
  }

  decided(decision: Decision): void {
    if (decision.kind === 'watch') this.atRunStart = this.note()
    if (decision.kind === 'release') this.release(decision.withheld)
    if (decision.kind === 'scan') this.putBack(this.atRunStart, decision.scan.typedBefore)
    if (decision.kind === 'rejected') {
      const { why } = decision.rejected
      if (why === 'input-method') this.putBackAfterInputMethod()
      else if (why !== 'unsteady') this.putBack(this.atRunStart)
    }
  }

  private note(): Noted | null {
    const field = focusedField(this.page)
    return field === null ? null : { field, putBack: field.note() }
  }

  private burst(): void {
    const at = this.now()
    if (at - this.burstAt > burstMs) {
      this.beforeBurst = this.note()
      this.cleaning = null
    }
    this.burstAt = at
  }

  private putBack(noted: Noted | null, typed = ''): void {
    noted?.putBack(typed)
    this.atRunStart = null
  }

  private putBackAfterInputMethod(): void {
    const noted = this.beforeBurst ?? this.atRunStart
    this.atRunStart = null
    if (noted === null) return
    const { element } = noted.field
    // Leaving the field ends the composition; what it still commits is taken back too.
    element.blur()
    noted.putBack('')
    element.focus()
    this.cleaning = { noted, until: this.now() + lateTextMs }
  }

  private lateText(event: Event): void {
    if (this.cleaning === null || !event.isTrusted) return
    if (this.now() > this.cleaning.until) this.cleaning = null
    else this.cleaning.noted.putBack('')
  }

  private release(withheld: string): void {
    const field = withheld === '' ? null : focusedField(this.page)
    if (field !== null && field.element === this.atRunStart?.field.element) field.insert(withheld)
    this.atRunStart = null
  }
}
