import { err } from '../../main/contract/result.ts'
import type { Scheduler } from '../../main/redemption/ports.ts'
import type { Store } from '../../main/store/store.ts'
import { wrapSubjects, Crash, type CrashPlan } from './crash-plan.ts'
import type { EventQueue } from './event-queue.ts'

/** These say that nothing was written; whatever else writes throws. */
const tellsOfIt = new Set([
  'redemptions.insert',
  'redemptions.update',
  'redemptions.replace',
  'audit.note',
])
const throwsThen = new Set([
  'stocks.save',
  'stockChoices.save',
  'peers.save',
  'journal.begin',
  'journal.acknowledge',
  'replayLesson.write',
  'lastContact.write',
  'handOvers.give',
  'handOvers.take',
  'erasure.settledBefore',
])

export class DiskFull extends Error {
  readonly code = 'SQLITE_FULL'
}

/** Returns the store of a till whose process may die at any call and whose disk may be full. */
export function onUnreliableDisk(store: Store, crash: CrashPlan, isFull: () => boolean): Store {
  return wrapSubjects(store, (name, call) =>
    crash.survive(() => {
      if (isFull() && tellsOfIt.has(name))
        return err({ code: 'not-saved-disk-full', cause: new DiskFull() })
      if (isFull() && throwsThen.has(name)) throw new DiskFull()
      return call()
    }),
  )
}

/** Timers of one process: they end with it. What they throw, nobody could catch. */
export function timersOf(
  queue: EventQueue,
  crash: CrashPlan,
  onViolation: (what: string) => void,
): Scheduler {
  return {
    after: (ms, task) =>
      queue.after(ms, () => {
        if (crash.isDead) return
        try {
          task()
        } catch (cause) {
          // In the app it would end the process.
          if (!(cause instanceof Crash)) onViolation(`a timer threw: ${String(cause)}`)
        }
      }),
  }
}
