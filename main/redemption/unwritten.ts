import { ok, type Result } from '../contract/result.ts'
import type { Change, NotSaved, Redemptions, Scheduler } from './ports.ts'
import type { Redemption } from './redemption.ts'

const againMs = 5000

/**
 * Answers that the disk did not take. What WeChat Pay said is true whether or not it can be written down, so it is kept
 * here, and written as soon as that is possible. Should the program end before, the row still says that an attempt is
 * under way, and the same bytes are sent again.
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

  find(useRequestNo: string): Redemption | undefined {
    return this.#changes.get(useRequestNo)?.redemption
  }

  /** Nothing has changed when it fails. */
  write(change: Change): Result<void, NotSaved> {
    const saved = this.#redemptions.update([this.#withEarlier(change)])
    if (saved.ok) this.#changes.delete(change.redemption.useRequestNo)
    return saved
  }

  /** False when it could not be written, and is kept to be written later. */
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
