import type { Resolution } from '../../main/contract/redemption-view.ts'

/** A person's decision about an entry in review. */
export interface Decision {
  readonly at: number
  readonly how: Resolution | 'return'
  /** Whether the person looked at the ledger and decided accordingly. */
  readonly isTrue: boolean
}

/** People's decisions by `useRequestNo`. */
export class Decisions {
  readonly #byNumber = new Map<string, Decision>()

  set(useRequestNo: string, decision: Decision | undefined): void {
    if (decision) this.#byNumber.set(useRequestNo, decision)
    else this.#byNumber.delete(useRequestNo)
  }

  of(useRequestNo: string): Decision | undefined {
    return this.#byNumber.get(useRequestNo)
  }
}
