import { z } from 'zod'
import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { Clock, TillStore } from './ports.ts'
import type { Redemption } from './redemption.ts'
import { lessonAfter, type ReplayLesson, replayLessons, type Reply } from './replay-lesson.ts'
import { settleByLesson } from './settle.ts'

const Lesson = z.enum(replayLessons)

interface ReplayLessonsParts {
  readonly store: Pick<TillStore, 'redemptions' | 'open' | 'replayLesson'>
  readonly clock: Clock
  readonly onFault: (cause: unknown) => void
}

/** Keeps what replies have shown about replays, and settles what waited in review only because that was not known. */
export class ReplayLessons {
  readonly #parts: ReplayLessonsParts
  #current: ReplayLesson | null

  constructor(parts: ReplayLessonsParts) {
    this.#parts = parts
    this.#current = Lesson.safeParse(parts.store.replayLesson.read()).data ?? null
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
      this.#parts.store.replayLesson.write(learnt)
    } catch (cause) {
      // The redemption itself is settled and written. A lesson that could not be kept is learnt again after the next start.
      this.#parts.onFault(cause)
    }
  }

  #closeByLesson(): void {
    const { store, clock } = this.#parts
    const at = clock()
    const closed = store.open.undecided().flatMap((entry) => settleByLesson(entry, at) ?? [])
    if (closed.length === 0) return
    const changes = closed.map(({ redemption, audit }) => ({ redemption, audits: [audit] }))
    const written = store.redemptions.update(changes)
    if (!written.ok) throw written.error.cause
  }
}
