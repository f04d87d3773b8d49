import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { Clock, RedemptionStore } from './ports.ts'
import type { Redemption } from './redemption.ts'
import { lessonAfter, type Reply, type ReplayLesson } from './replay-lesson.ts'
import { settleByLesson } from './settle.ts'

interface ReplayLessonsParts {
  readonly store: RedemptionStore
  readonly clock: Clock
  readonly onFault: (cause: unknown) => void
}

/** Keeps what replies teach about replays, and settles what waited in review for want of knowing it. */
export class ReplayLessons {
  readonly #parts: ReplayLessonsParts
  #current: ReplayLesson | null

  constructor(parts: ReplayLessonsParts) {
    this.#parts = parts
    this.#current = parts.store.replayLesson()
  }

  get current(): ReplayLesson | null {
    return this.#current
  }

  recordReply(redemption: Redemption, outcome: Outcome | ReturnOutcome, reply: Reply): void {
    const learnt = lessonAfter(this.#current, redemption, outcome, reply)
    if (learnt === this.#current || learnt === null) return
    this.#current = learnt
    try {
      if (learnt === 'proven') this.#closeByLesson()
      this.#parts.store.saveReplayLesson(learnt)
    } catch (cause) {
      // The redemption itself is settled and written; a lesson that could not be kept is learnt again after a start.
      this.#parts.onFault(cause)
    }
  }

  #closeByLesson(): void {
    const { store, clock } = this.#parts
    const at = clock()
    const closed = store.unsettled().flatMap((entry) => settleByLesson(entry, at) ?? [])
    if (closed.length === 0) return
    store.updateAll(closed.map(({ redemption, audit }) => ({ redemption, audits: [audit] })))
  }
}
