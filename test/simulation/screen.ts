import type { PresentedScan } from './counters.ts'
import type { CounterView, Verdict } from '../../main/contract/counter.ts'
import type { RedemptionView } from '../../main/contract/redemption-view.ts'
import type { TillState } from '../../main/contract/snapshot.ts'
import type { SeenCounter } from './panels.ts'
import type { LastTold } from './till-file.ts'

export interface Restart extends SeenCounter {
  readonly told: LastTold | null
}

export interface ShownVerdict {
  readonly at: number
  readonly till: string
  readonly payload: string
  readonly presented: PresentedScan
  readonly verdict: Verdict
}

export interface ShownRow {
  readonly at: number
  readonly till: string
  readonly view: RedemptionView
}

/** Everything that cashiers were told, at all tills. */
export class Screen {
  readonly verdicts: ShownVerdict[] = []
  /** Each change of a row in the list of recent redemptions. */
  readonly rows: ShownRow[] = []
  /** Each change of what a counter shows. */
  readonly counters: SeenCounter[] = []
  /** What a till showed after a restart, and what its file says was told last. */
  readonly restarts: Restart[] = []
  /** When a till's records were replaced by earlier ones; it does not know what it showed since then. */
  readonly forgotten: { readonly at: number; readonly till: string }[] = []
  /** When a till was started again after its disk had been full: what it told meanwhile is in no file. */
  readonly unsaved: { readonly at: number; readonly till: string }[] = []
  /** The tills whose disk was full since they were started, and whether it still is. */
  readonly #fullDisks = new Map<string, boolean>()
  readonly #last = new Map<string, string>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  showVerdict(till: string, presented: PresentedScan, verdict: Verdict): void {
    const { payload } = presented
    this.verdicts.push({ at: this.#now(), till, payload, presented, verdict })
  }

  showCounter(till: string, view: CounterView, isInFront: boolean): void {
    this.counters.push({ at: this.#now(), till, view, isInFront })
  }

  restart(till: string, shown: Pick<Restart, 'view' | 'told' | 'isInFront'>): void {
    this.restarts.push({ at: this.#now(), till, ...shown })
    if (this.#fullDisks.has(till)) this.unsaved.push({ at: this.#now(), till })
    if (this.#fullDisks.get(till) === false) this.#fullDisks.delete(till)
    this.showCounter(till, shown.view, shown.isInFront)
  }

  forget(till: string): void {
    this.forgotten.push({ at: this.#now(), till })
  }

  fillDisk(till: string): void {
    this.#fullDisks.set(till, true)
  }

  freeDisk(till: string): void {
    this.#fullDisks.set(till, false)
  }

  showState(till: string, state: TillState): void {
    for (const view of state.recent) {
      const key = `${till} ${view.useRequestNo}`
      const value = `${view.state} ${view.reason}`
      if (this.#last.get(key) === value) continue
      this.#last.set(key, value)
      this.rows.push({ at: this.#now(), till, view })
    }
  }
}
