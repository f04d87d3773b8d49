interface Timer {
  due: number
  readonly every: number | null
  readonly call: () => void
}

/** A clock that only the bench moves, in ms. */
export class VirtualClock {
  now = 0
  private readonly timers = new Map<number, Timer>()
  private lastId = 0

  set(call: () => void, ms: number, repeats: boolean): number {
    this.lastId += 1
    const wait = Math.max(0, ms)
    this.timers.set(this.lastId, { due: this.now + wait, every: repeats ? wait : null, call })
    return this.lastId
  }

  clear(id: number): void {
    this.timers.delete(id)
  }

  /** Moves to this time and runs each timer on the way at its time. */
  advance(to: number): void {
    for (let next = this.earliest(to); next !== null; next = this.earliest(to)) {
      this.now = Math.max(this.now, next.due)
      this.run(next.id)
    }
    this.now = Math.max(this.now, to)
  }

  /** Blocks the thread until `to`. Timers that were due run then, before any event, and see that time. */
  stall(to: number): void {
    if (to <= this.now) return
    this.now = to
    const late = [...this.timers].filter(([, timer]) => timer.due <= to)
    for (const [id] of late.toSorted(([, a], [, b]) => a.due - b.due)) this.run(id)
  }

  /** Skips idle time: the timers move along. */
  skip(ms: number): void {
    this.now += ms
    for (const timer of this.timers.values()) timer.due += ms
  }

  private run(id: number): void {
    const timer = this.timers.get(id)
    if (timer === undefined) return
    if (timer.every === null) this.timers.delete(id)
    else timer.due = this.now + timer.every
    timer.call()
  }

  private earliest(until: number): { readonly id: number; readonly due: number } | null {
    let found: { id: number; due: number } | null = null
    for (const [id, { due }] of this.timers) {
      if (due <= until && (found === null || due < found.due)) found = { id, due }
    }
    return found
  }
}
