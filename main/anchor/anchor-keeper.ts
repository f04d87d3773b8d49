import { parseJson } from '../contract/json.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { SecretFault, SecretStore } from '../keychain/secret-store.ts'
import { Anchor } from './anchor.ts'

/** Why the anchor could not be read: the keychain's fault, or what it holds is no anchor (`unreadable`). */
interface AnchorReadFault {
  readonly code: SecretFault['code'] | 'unreadable'
  readonly detail: string
}

/** Why the anchor could not be written: the keychain's fault, or there is none to change (`missing`). */
export interface AnchorFault {
  readonly code: SecretFault['code'] | 'missing'
  readonly detail: string
}

/** Reads and writes the anchor of one till. */
export interface AnchorKeeper {
  /** As it was read or written last; `null` before the first. */
  current(): Anchor | null
  /** Reads it anew; `null` when the keychain has none. Call this on a keychain that works: a locked one may say so too. */
  read(): Promise<Result<Anchor | null, AnchorReadFault>>
  /**
   * Changes the anchor; resolves once the keychain has it. The edit is made on what the keychain holds then, because
   * `hexiao-till provision` may have changed it. Edits that come while one is being written are written together
   * afterwards. Where the keychain refuses, this resolves with the fault, and the edit is tried again until it
   * succeeds. Fails with `missing`, once and for all, where there is no anchor.
   */
  change(edit: (anchor: Anchor) => Anchor): Promise<Result<null, AnchorFault>>
  /** Writes an anchor where there was none, or in place of what no longer holds. Fails and tries again like `change`. */
  place(anchor: Anchor): Promise<Result<null, AnchorFault>>
  /** Resolves when nothing is being written, and nothing waits but for a keychain that refuses. */
  settled(): Promise<void>
  /** Ends the trying again. */
  stop(): void
}

interface AnchorKeeperParts {
  readonly secrets: Pick<SecretStore, 'read' | 'write'>
  /** Calls back after `ms`; the returned function cancels that. */
  readonly after: (ms: number, task: () => void) => () => void
  /** Told of each write that failed. */
  readonly onFault: (fault: AnchorFault) => void
}

type Edit = (anchor: Anchor | null) => Anchor | null

interface Waiting {
  readonly edit: Edit
  /** `null` once it was told that the first attempt failed. */
  tell: ((result: Result<null, AnchorFault>) => void) | null
}

const firstRetryMs = 1000
const longestRetryMs = 300_000

export function createAnchorKeeper({ secrets, after, onFault }: AnchorKeeperParts): AnchorKeeper {
  let known: Anchor | null = null
  let waiting: Waiting[] = []
  let writing: Promise<void> | null = null
  let retryMs = firstRetryMs
  let cancelRetry: (() => void) | null = null
  let isStopped = false

  async function load(): Promise<Result<Anchor | null, AnchorReadFault>> {
    const stored = await secrets.read('till-anchor')
    if (!stored.ok) return stored
    if (stored.value === null) return ok(null)
    const parsed = Anchor.safeParse(parseJson(stored.value))
    if (!parsed.success) return err({ code: 'unreadable', detail: 'the anchor is malformed' })
    return ok(parsed.data)
  }

  async function write(batch: readonly Waiting[]): Promise<Result<null, AnchorFault>> {
    const stored = await load()
    if (!stored.ok) {
      const { code, detail } = stored.error
      // What is malformed may be replaced.
      if (code !== 'unreadable') return err({ code, detail })
    }
    let next = stored.ok ? stored.value : null
    // A keychain that is locked may say that there is none.
    if (next === null && known !== null && stored.ok)
      return err({ code: 'locked', detail: 'the keychain returned no anchor' })
    for (const { edit } of batch) next = edit(next)
    if (next === null) return err({ code: 'missing', detail: 'there is no anchor to change' })
    const text = JSON.stringify(Anchor.parse(next))
    const written = await secrets.write('till-anchor', text)
    if (!written.ok) return written
    known = next
    return ok(null)
  }

  /** Ends in the same step in which it finds nothing more to write, so that an edit in between is not left lying. */
  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      const result = await write(batch)
      for (const each of batch) {
        each.tell?.(result)
        each.tell = null
      }
      if (result.ok) {
        retryMs = firstRetryMs
        continue
      }
      if (result.error.code === 'missing') continue
      onFault(result.error)
      waiting = [...batch, ...waiting]
      retryLater()
      break
    }
    writing = null
  }

  function retryLater(): void {
    if (isStopped) return
    cancelRetry = after(retryMs, () => {
      cancelRetry = null
      start()
    })
    retryMs = Math.min(retryMs * 2, longestRetryMs)
  }

  function start(): void {
    cancelRetry?.()
    cancelRetry = null
    if (waiting.length > 0) writing ??= writeAll()
  }

  async function settled(): Promise<void> {
    if (writing === null) return
    await writing
    await settled()
  }

  function enqueue(edit: Edit): Promise<Result<null, AnchorFault>> {
    const { promise, resolve } = Promise.withResolvers<Result<null, AnchorFault>>()
    waiting.push({ edit, tell: resolve })
    start()
    return promise
  }

  return {
    current: () => known,
    async read() {
      const loaded = await load()
      if (loaded.ok) known = loaded.value
      return loaded
    },
    change: (edit) => enqueue((anchor) => anchor && edit(anchor)),
    place: (anchor) => enqueue(() => anchor),
    settled,
    stop() {
      isStopped = true
      cancelRetry?.()
    },
  }
}
