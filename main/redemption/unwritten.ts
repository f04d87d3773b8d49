import { ok, type Result } from '../contract/result.ts'
import type { Change, WriteFault, Redemptions, Scheduler } from './ports.ts'
import type { Redemption } from './redemption.ts'

const againMs = 5000

/**
 * Results that could not be written to the disk. What WeChat Pay confirmed is true whether or not it is written, so it is
 * kept here and written as soon as possible. If the program ends before that, the row still says that an attempt is under
 * way, and the same bytes are sent again.
 */
export class Unwritten {
  readonly #redemptions: Pick<Redemptions, 'update'>
  readonly #scheduler: Scheduler
  readonly #onFault: (cause: unknown) => void
  readonly #changes = new Map<string, Change>()
  #cancel: () => void = () => undefined

  constructor(
    redemptions: Pick<Redemptions, 'update'>,
    scheduler: Scheduler,
    onFault: (cause: unknown) => void,
  ) {
    this.#redemptions = redemptions
    this.#scheduler = scheduler
    this.#onFault = onFault
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
    const saved = this.#redemptions.update([this.#withEarlier(change)])
    if (saved.ok) this.#changes.delete(change.redemption.useRequestNo)
    return saved
  }

  /** Returns false when the change could not be written and is kept to be written later. */
  writeOrKeep(change: Change): boolean {
    const written = this.write(change)
    if (written.ok) return true
    this.#changes.set(change.redemption.useRequestNo, this.#withEarlier(change))
    this.#onFault(written.error.cause)
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
    this.#cancel = this.#scheduler.after(againMs, () => {
      const saved =
        this.#changes.size === 0
          ? ok(undefined)
          : this.#redemptions.update([...this.#changes.values()])
      if (saved.ok) this.#changes.clear()
      else {
        this.#onFault(saved.error.cause)
        this.#tryLater()
      }
    })
  }
}
