import type { Decision } from './decision.ts'
import { focusedField, type GuardedField } from './guarded-field.ts'

/** Events closer together than this belong to one burst of typing. */
const burstMs = 150
/** An input method may insert text this long after the last key of the scan that it intercepted. */
const lateTextMs = 400

interface Noted {
  readonly field: GuardedField
  readonly putBack: (typed: string) => void
}

/**
 * Keeps scans out of text fields. It remembers the focused field's content when a possible scan begins, and restores it
 * when it was one, also when an input method had turned the keys into words.
 */
export class FieldGuard {
  private readonly page: Document
  private readonly now: () => number
  /** The field when the latest possible scan began. */
  private atRunStart: Noted | null = null
  /** The field before this burst of events: an input method may change it before any key event arrives. */
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
    // Leaving the field ends the input method's composition; text that it still inserts is undone too.
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
