import { z } from 'zod'

/** A release that the server has not acknowledged: keyed hashes of coupon and request number. */
export const PendingRelease = z.object({ coupon: z.string(), number: z.string() })
export type PendingRelease = z.infer<typeof PendingRelease>

/** What a till remembers of the shop's server. Nothing of a coupon is in it. */
export const ChainState = z.object({
  version: z.literal(1),
  /** The server's disk as this till knows it; `null` before it was ever there. */
  pin: z
    .object({
      incarnation: z.string(),
      /** The highest sequence of the locks that this till has seen: a server that has less went back in time. */
      sequence: z.int().nonnegative(),
    })
    .nullable(),
  /** How far the journal of the others was read; `null`: not at all. */
  news: z.object({ journal: z.string(), sequence: z.int().nonnegative() }).nullable(),
  /** Oldest first. */
  releases: z.array(PendingRelease),
})
export type ChainState = z.infer<typeof ChainState>

/** Where it is kept. */
export interface ChainMemory {
  /** What was written last, unchecked; `null` when nothing was. */
  read(): unknown
  /** On the disk when it returns. Throws when the disk refuses. */
  write(state: ChainState): void
}

export interface Remembered {
  get(): ChainState
  /** Kept in memory at once and on the disk soon; at once where `isWeighty`. */
  change(change: Partial<ChainState>, isWeighty?: boolean): void
  flush(): void
}

const soonMs = 2000

/** What it forgets in a power cut is read or seen again: only the pin and what is to be released are weighty. */
export function remember(memory: ChainMemory, onFault: (cause: unknown) => void): Remembered {
  const read = ChainState.safeParse(memory.read())
  let state: ChainState = read.success
    ? read.data
    : { version: 1, pin: null, news: null, releases: [] }
  let timer: NodeJS.Timeout | null = null

  function flush(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    try {
      memory.write(state)
    } catch (cause) {
      onFault(cause)
    }
  }

  return {
    get: () => state,
    change(change, isWeighty = false) {
      state = { ...state, ...change }
      if (isWeighty) flush()
      else timer ??= setTimeout(flush, soonMs)
    },
    flush() {
      if (timer !== null) flush()
    },
  }
}
