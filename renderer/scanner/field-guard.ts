import type { Decision, RejectReason } from './decision.ts'
import { focusedField, type GuardedField } from './guarded-field.ts'
import { lateTextMs } from './taken-rest.ts'

/** Rejections of what a person may have typed: the field keeps it. */
const mayBeTyped: readonly RejectReason[] = ['unsteady', 'too-slow', 'all-at-once']

/** Where only the release of a scan's first key was seen, it went down at most so long before, ms. */
const longestHoldMs = 50

/** A scan of the slowest scanner is watched anew at each of its keys; longer codes do not exist. */
const rememberedStarts = 300

interface Noted {
  readonly at: number
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
  /** The field when each of the latest possible scans began, oldest first. */
  private starts: Noted[] = []
  /** The field before each of the latest events that could change it: an input method may do so before any key event arrives. */
  private beforeEvents: Noted[] = []
  private cleaning: { readonly noted: Noted; until: number } | null = null

  constructor(page: Document, now: () => number) {
    this.page = page
    this.now = now
  }

  listen(signal: AbortSignal): void {
    const options = { capture: true, signal }
    for (const type of ['keydown', 'compositionstart', 'beforeinput'] as const) {
      this.page.addEventListener(type, () => this.beforeEvent(), options)
    }
    this.page.addEventListener('input', (event) => this.lateText(event), options)
  }

  decided(decision: Decision): void {
    if (decision.kind === 'watch') this.watch(decision.at)
    if (decision.kind === 'rest') this.rest()
    if (decision.kind === 'release') this.release(decision.withheld)
    if (decision.kind === 'scan') {
      this.putBack(this.startOf(decision.scan.startedAt), decision.scan.typedBefore)
    }
    if (decision.kind === 'rejected') {
      const { why, startedAt } = decision.rejected
      if (why === 'input-method') this.putBackAfterInputMethod(startedAt)
      else if (!mayBeTyped.includes(why)) this.putBack(this.startOf(startedAt))
    }
  }

  private rest(): void {
    const cleaning = this.cleaningNow()
    if (cleaning !== null) cleaning.until = this.now() + lateTextMs
  }

  private watch(at: number): void {
    const noted = this.note(at)
    if (noted === null) this.starts = []
    else this.starts = [...this.starts.slice(1 - rememberedStarts), noted]
  }

  private note(at: number): Noted | null {
    const field = focusedField(this.page)
    return field === null ? null : { at, field, putBack: field.note() }
  }

  /** Returns the field as it was when the scan began whose first character came at this time. */
  private startOf(at: number): Noted | null {
    return this.starts.findLast((noted) => noted.at <= at) ?? null
  }

  private beforeEvent(): void {
    this.forgetGone()
    const noted = this.note(this.now())
    if (noted !== null)
      this.beforeEvents = [...this.beforeEvents.slice(1 - rememberedStarts), noted]
  }

  /** A field that left the page would keep its whole screen in memory, and what was typed there, such as a PIN. */
  private forgetGone(): void {
    this.beforeEvents = this.beforeEvents.filter(isThere)
    this.starts = this.starts.filter(isThere)
  }

  private putBack(noted: Noted | null, typed = ''): void {
    noted?.putBack(typed)
    this.starts = []
  }

  private putBackAfterInputMethod(startedAt: number): void {
    // A second rejection so soon is of the same scan.
    const noted = this.cleaningNow()?.noted ?? this.beforeScan(startedAt)
    this.starts = []
    if (noted === null) return
    const { element } = noted.field
    // Leaving the field ends the input method's composition; text that it still inserts is undone too.
    element.blur()
    noted.putBack('')
    element.focus()
    this.cleaning = { noted, until: this.now() + lateTextMs }
  }

  private beforeScan(startedAt: number): Noted | null {
    const field = focusedField(this.page)
    const earliest = startedAt - longestHoldMs
    const before = this.beforeEvents.find(({ at }) => at >= earliest) ?? this.startOf(startedAt)
    return before?.field.element === field?.element ? before : null
  }

  private cleaningNow(): FieldGuard['cleaning'] {
    if (this.cleaning !== null && this.now() > this.cleaning.until) this.cleaning = null
    return this.cleaning
  }

  private lateText(event: Event): void {
    const cleaning = this.cleaningNow()
    if (cleaning === null || !event.isTrusted) return
    cleaning.noted.putBack('')
  }

  private release(withheld: string): void {
    const field = withheld === '' ? null : focusedField(this.page)
    if (field?.element === this.starts.at(-1)?.field.element) field?.insert(withheld)
  }
}

function isThere({ field }: Noted): boolean {
  return field.element.isConnected
}
