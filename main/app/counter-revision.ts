import type { CounterView } from '../contract/counter.ts'

/**
 * Numbers the states of the counter. The page keeps the state with the higher number, so the number grows with every
 * change, those from background work included, and goes on counting when another till is opened.
 */
export class CounterRevision {
  #revision = 0
  #last = ''

  /** The state with its number in place of the till's own. */
  number(counter: CounterView): CounterView {
    const { revision: _ofTheTill, ...content } = counter
    const text = JSON.stringify(content)
    if (text !== this.#last) {
      this.#last = text
      this.#revision += 1
    }
    return { ...content, revision: this.#revision }
  }
}
