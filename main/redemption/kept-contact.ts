import { z } from 'zod'
import type { ConnectionState } from './connection.ts'
import type { TillStore } from './ports.ts'

/** A till that was switched off without being closed knows the time of its last contact to within this. */
const keepEveryMs = 60_000

const Instant = z.int().positive()

/** Keeps when WeChat Pay was reached last, so that it is still known after a restart, or after settings were saved. */
export class KeptContact {
  readonly #memory: TillStore['lastContact']
  readonly #onFault: (cause: unknown) => void
  #keptAt: number | null

  constructor(memory: TillStore['lastContact'], onFault: (cause: unknown) => void) {
    this.#memory = memory
    this.#onFault = onFault
    this.#keptAt = Instant.safeParse(memory.read()).data ?? null
  }

  get at(): number | null {
    return this.#keptAt
  }

  /** Writes it where the last writing is a while ago. To be called after a verdict, because the disk takes its time. */
  note({ current }: ConnectionState, everyMs = keepEveryMs): void {
    const { lastContactAt: at } = current
    if (at === null || (this.#keptAt !== null && Math.abs(at - this.#keptAt) < everyMs)) return
    this.#keptAt = at
    try {
      this.#memory.write(at)
    } catch (cause) {
      // Another contact comes; meanwhile the one before is known.
      this.#onFault(cause)
    }
  }
}
