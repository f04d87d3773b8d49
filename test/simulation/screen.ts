import type { Presented } from './counters.ts'
import type { Verdict } from '../../main/contract/counter.ts'
import type { RedemptionView } from '../../main/contract/redemption-view.ts'
import type { TillState } from '../../main/contract/snapshot.ts'

export interface ShownVerdict {
  readonly at: number
  readonly till: string
  readonly payload: string
  readonly presented: Presented
  readonly verdict: Verdict
}

export interface ShownRow {
  readonly at: number
  readonly till: string
  readonly view: RedemptionView
}

/** Everything that cashiers were told, on all tills. */
export class Screen {
  readonly verdicts: ShownVerdict[] = []
  /** Each change of a row in a snapshot's list. */
  readonly rows: ShownRow[] = []
  /** A till's records were taken back by some time: what it showed since, it does not know. */
  readonly forgotten: { readonly at: number; readonly till: string }[] = []
  readonly #last = new Map<string, string>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  showVerdict(till: string, presented: Presented, verdict: Verdict): void {
    const { payload } = presented
    this.verdicts.push({ at: this.#now(), till, payload, presented, verdict })
  }

  forget(till: string): void {
    this.forgotten.push({ at: this.#now(), till })
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
