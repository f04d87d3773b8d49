import { setImmediate } from 'node:timers/promises'
import type { Dice } from './dice.ts'

interface Event {
  readonly at: number
  /** Orders events of the same instant at random, because in reality any order may happen. */
  readonly order: number
  readonly task: () => void
}

const mostEventsAtOnce = 1000

/** Virtual time. Only what is queued here happens, one event after the other. */
export class EventQueue {
  #now: number
  #events: Event[] = []
  readonly #dice: Dice
  readonly #onSpin: () => void
  /** How many events ran in a row without time passing. */
  #standing = 0

  /** `onSpin` is called when tasks keep queueing tasks for the same instant; on a PC the processor would never rest. */
  constructor(startsAt: number, dice: Dice, onSpin: () => void) {
    this.#now = startsAt
    this.#dice = dice
    this.#onSpin = onSpin
  }

  /** True time in epoch milliseconds, never set. */
  get now(): number {
    return this.#now
  }

  /** Queues a task. Returns the function that cancels it. */
  after(ms: number, task: () => void): () => void {
    return this.at(this.#now + Math.max(0, Math.ceil(ms)), task)
  }

  at(instant: number, task: () => void): () => void {
    const event = { at: Math.max(instant, this.#now), order: this.#dice.random(), task }
    let place = this.#events.length
    while (place > 0 && isLater(this.#events[place - 1], event)) place -= 1
    this.#events.splice(place, 0, event)
    return () => {
      this.#events = this.#events.filter((other) => other !== event)
    }
  }

  /** Runs events until `deadline`, or until `isDone` returns true after one of them. */
  async run(deadline: number, isDone: () => boolean = () => false): Promise<void> {
    for (;;) {
      const [next] = this.#events
      if (next === undefined || next.at > deadline) {
        this.#now = deadline
        return
      }
      this.#events.shift()
      this.#standing = next.at === this.#now ? this.#standing + 1 : 0
      this.#now = next.at
      if (this.#standing > mostEventsAtOnce) {
        this.#onSpin()
        return
      }
      next.task()
      // All promises that this event settled run to their end before the next event.
      await setImmediate()
      if (isDone()) return
    }
  }
}

function isLater(one: Event | undefined, other: Event): boolean {
  if (one === undefined) return false
  return one.at > other.at || (one.at === other.at && one.order > other.order)
}
