import fs from 'node:fs'

/** Thrown out of a call in which the process dies. */
export class Crash extends Error {}

export type CrashPoint = 'before-call' | 'after-call' | 'torn-commit'

/** Counts a till's calls to its store and gateway, and ends the process at one of them. */
export class CrashPlan {
  #armed: { point: CrashPoint; calls: number } | null = null
  #dead = false
  readonly #walFile: string
  readonly #onDeath: (walLength: number | null) => void
  readonly #random: () => number

  constructor(walFile: string, random: () => number, onDeath: (walLength: number | null) => void) {
    this.#walFile = walFile
    this.#random = random
    this.#onDeath = onDeath
  }

  get isDead(): boolean {
    return this.#dead
  }

  arm(point: CrashPoint, calls: number): void {
    this.#armed ??= { point, calls }
  }

  /** Ends the process now, between two events. */
  die(walLength: number | null = null): void {
    if (this.#dead) return
    this.#dead = true
    this.#onDeath(walLength)
  }

  /** The process has ended normally; what is left of it can do nothing any more. */
  retire(): void {
    this.#dead = true
  }

  /** Makes the call, unless the process dies before, during or after it. */
  survive<T>(call: () => T): T {
    if (this.#dead) throw new Crash()
    const armed = this.#armed
    if (armed === null || (armed.calls -= 1) > 0) return call()
    if (armed.point === 'before-call') this.die()
    if (this.#dead) throw new Crash()
    const before = this.#walLength()
    const result = call()
    if (armed.point === 'after-call') this.die()
    const after = this.#walLength()
    // A power cut inside a commit: only part of what it appended to the log reached the disk. A call that appended
    // nothing is not cut; the next one that commits is.
    // nothing is not cut; the next one that commits is.
    if (armed.point === 'torn-commit' && after > before)
      this.die(before + Math.floor(this.#random() * (after - before)))
    if (this.#dead) throw new Crash()
    return result
  }

  #walLength(): number {
    return fs.statSync(this.#walFile, { throwIfNoEntry: false })?.size ?? 0
  }
}

/** Returns the same object, with each of its methods called through `around`. */
export function wrapMethods<T extends object>(
  target: T,
  around: (name: string, call: () => unknown) => unknown,
): T {
  return new Proxy(target, {
    get(object, name, receiver) {
      const value: unknown = Reflect.get(object, name, receiver)
      if (typeof value !== 'function') return value
      return (...parameters: unknown[]): unknown =>
        around(String(name), () => Reflect.apply(value, object, parameters))
    },
  })
}

/** Does the same with an object of such objects: `name` is then that of the subject and its method, with a dot between. */
export function wrapSubjects<T extends object>(
  target: T,
  around: (name: string, call: () => unknown) => unknown,
): T {
  return new Proxy(target, {
    get(object, subject, receiver) {
      const value: unknown = Reflect.get(object, subject, receiver)
      if (typeof value !== 'object' || value === null) return value
      return wrapMethods(value, (name, call) => around(`${String(subject)}.${name}`, call))
    },
  })
}
