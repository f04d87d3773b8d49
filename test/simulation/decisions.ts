import type { Resolution } from '../../main/contract/redemption-view.ts'

/** What a person said of one that waited in review. */
export interface Decision {
  readonly at: number
  readonly how: Resolution | 'give-back'
  /** They looked at the ledger, and said what stands there. */
  readonly isTrue: boolean
}

/** What people decided, by the number of the redemption. */
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
