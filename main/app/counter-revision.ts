import type { CounterView } from '../contract/counter.ts'

/**
 * Numbers what stands at the counter. The page keeps the higher number of what it hears, so the number grows with
 * whatever changes, a coupon that was returned in the background included, and goes on when another till is opened.
 */
export class CounterRevision {
  #revision = 0
  #last = ''

  of(counter: CounterView): CounterView {
    const { revision: _ofTheTill, ...content } = counter
    const text = JSON.stringify(content)
    if (text !== this.#last) {
      this.#last = text
      this.#revision += 1
    }
    return { ...content, revision: this.#revision }
  }
}
