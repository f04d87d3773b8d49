import { deductedOf, Ledger, type Sale } from '../../clients/demo/src/ledger.ts'
import { Register } from '../../clients/demo/src/register.ts'
import { TillClient } from '../../clients/typescript/src/index.ts'

interface DemoPosParts {
  readonly origin: string
  readonly token: string
}

/** The demonstration POS without its page: its computer, which keeps what it wrote, and its program, which can crash. */
export class DemoPos {
  readonly faults: unknown[] = []
  register: Register
  ledger: Ledger
  readonly #parts: DemoPosParts
  readonly #disk = new Map<string, string>()
  #ending = new AbortController()
  #orders = 0

  constructor(parts: DemoPosParts) {
    this.#parts = parts
    const started = this.#start()
    this.register = started.register
    this.ledger = started.ledger
  }

  /** It ends in the middle, and starts again on what it had written. */
  crash(): void {
    this.#ending.abort()
    this.#ending = new AbortController()
    Object.assign(this, this.#start())
  }

  get sales(): readonly Sale[] {
    return this.ledger.sales
  }

  listen(): Promise<void> {
    return this.register.listen(this.#ending.signal)
  }

  /** Rings up goods for ¥68.00. */
  ringUp(): void {
    this.register.add({ name: '牛肉面', fen: 3800 })
    this.register.add({ name: '红烧肉', fen: 3000 })
  }

  toPay(): number {
    return 6800 - deductedOf(this.register.view().sale)
  }

  #start(): { register: Register; ledger: Ledger } {
    const { signal } = this.#ending
    const ledger = new Ledger({
      getItem: (key) => this.#disk.get(key) ?? null,
      // A program that has ended writes nothing.
      setItem: (key, value) => void (signal.aborted || this.#disk.set(key, value)),
    })
    const till = new TillClient({ ...this.#parts, signal, patienceMs: 30, pauseMs: 2 })
    const register = new Register({
      till,
      ledger,
      orderId: () => `D${(this.#orders += 1)}`,
      onChange: () => undefined,
      onFault: (cause) => this.faults.push(cause),
    })
    return { register, ledger }
  }
}
