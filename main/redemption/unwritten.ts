import { ok, type Result } from '../contract/result.ts'
import type { Change, WriteFault, Redemptions, Scheduler } from './ports.ts'
import type { Redemption } from './redemption.ts'

const againMs = 5000

interface UnwrittenParts {
  readonly redemptions: Pick<Redemptions, 'update'>
  readonly scheduler: Scheduler
  /** Called after what could not be written was: the records hold it from now on. */
  readonly onWritten: () => void
  readonly onFault: (cause: unknown) => void
}

/**
 * Results that could not be written to the disk. What WeChat Pay confirmed is true whether or not it is written, so it is
 * kept here and written as soon as possible. If the program ends before that, the row still says that an attempt is under
 * way, and the same bytes are sent again.
 */
export class Unwritten {
  readonly #parts: UnwrittenParts
  readonly #changes = new Map<string, Change>()
  #cancel: () => void = () => undefined

  constructor(parts: UnwrittenParts) {
    this.#parts = parts
  }

  get size(): number {
    return this.#changes.size
  }

  numbers(): Iterable<string> {
    return this.#changes.keys()
  }

  find(useRequestNo: string): Redemption | null {
    return this.#changes.get(useRequestNo)?.redemption ?? null
  }

  /** Writes a change, with the audit rows that could not be written before. When it fails, nothing has changed. */
  write(change: Change): Result<void, WriteFault> {
    const saved = this.#parts.redemptions.update([this.#withEarlier(change)])
    if (saved.ok) this.#changes.delete(change.redemption.useRequestNo)
    return saved
  }

  /** Returns false when the change could not be written and is kept to be written later. */
  writeOrKeep(change: Change): boolean {
    const written = this.write(change)
    if (written.ok) return true
    this.#changes.set(change.redemption.useRequestNo, this.#withEarlier(change))
    this.#parts.onFault(written.error.cause)
    this.#tryLater()
    return false
  }

  stop(): void {
    this.#cancel()
  }

  #withEarlier({ redemption, audits }: Change): Change {
    const earlier = this.#changes.get(redemption.useRequestNo)?.audits ?? []
    return { redemption, audits: [...earlier, ...audits] }
  }

  #tryLater(): void {
    this.#cancel()
    this.#cancel = this.#parts.scheduler.after(againMs, () => {
      const saved =
        this.#changes.size === 0
          ? ok(undefined)
          : this.#parts.redemptions.update([...this.#changes.values()])
      if (saved.ok) {
        this.#changes.clear()
        this.#parts.onWritten()
      } else {
        this.#parts.onFault(saved.error.cause)
        this.#tryLater()
      }
    })
  }
}
