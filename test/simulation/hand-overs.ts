import type { Till } from '../../main/redemption/till.ts'
import type { Dice } from './dice.ts'
import type { EventQueue } from './event-queue.ts'
import type { History } from './history.ts'
import { takeFrom } from '../support/take-from.ts'
import type { SimulatedTill } from './simulated-till.ts'
import { DiskFull } from './troubled-parts.ts'

interface Parts {
  readonly queue: EventQueue
  readonly history: History
  readonly dice: Dice
  readonly onUnhandled: (reason: unknown) => void
}

/** A file on somebody's USB stick, with the tills that it has been at. */
interface Carried {
  readonly sealed: Uint8Array
  readonly seenBy: readonly SimulatedTill[]
}

const password = 'a word for the simulation'
const note = { by: 'supervisor', why: 'simulation' }
const personMs = 20_000

/** Hand-over files that people carry from till to till, and the sticks that they leave lying about. */
export class HandOvers {
  readonly #parts: Parts
  readonly #underWay = new Set<SimulatedTill>()
  readonly #sticks: Carried[] = []

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Whether every file has arrived. */
  get areOver(): boolean {
    return this.#underWay.size === 0
  }

  /** A person carries the file over, and tries again when a till is off, busy, or its disk is full. */
  carry(from: SimulatedTill, to: SimulatedTill): void {
    const { history } = this.#parts
    if (this.#underWay.has(from)) return
    this.#underWay.add(from)
    let sealed: Uint8Array | null = null
    /** The newest export before this one; `null` until the till could be asked. */
    let before: number | null = null
    const attempt = (): boolean => {
      from.use((running) => {
        const newest = running.handOvers()[0]?.id ?? 0
        before ??= newest
        // A till that died right after an export still has it.
        if (newest > before) sealed ??= running.handOverAgain(newest)
        if (sealed !== null) return
        const made = running.handOver(password, note)
        if (made.ok) sealed = made.value
        else if (made.error.code === 'nothing-open') this.#underWay.delete(from)
      })
      const carried = sealed
      if (carried === null) return !this.#underWay.has(from)
      to.use((running) => {
        if (!this.#take(to, running, carried)) return
        history.count('hand-over')
        if (this.#sticks.some(({ seenBy }) => seenBy[0] === to && seenBy[1] === from))
          history.count('hand-over, and back')
        this.#sticks.push({ sealed: carried, seenBy: [from, to] })
        this.#underWay.delete(from)
      })
      return !this.#underWay.has(from)
    }
    this.#until(attempt)
  }

  /** A person finds an old stick at one of its two tills, or has an old export written again. */
  takeAgain(): void {
    const { dice, history, onUnhandled } = this.#parts
    if (this.#sticks.length === 0) return
    const stick = dice.pick(this.#sticks)
    const at = dice.pick(stick.seenBy)
    try {
      at.use((running) => {
        history.count('old file taken over again')
        this.#take(at, running, stick.sealed)
      })
    } catch (reason) {
      if (!(reason instanceof DiskFull)) onUnhandled(reason)
    }
  }

  /** Returns false when the till is too busy. */
  #take(at: SimulatedTill, running: Till, sealed: Uint8Array): boolean {
    const { history, queue } = this.#parts
    const taken = takeFrom(sealed, password, (entries) => {
      at.tookOver.push({ at: queue.now, useRequestNos: entries.map((entry) => entry.useRequestNo) })
      return running.takeOver(entries, note)
    })
    if (!taken.ok && taken.error.code === 'busy') return false
    if (!taken.ok) throw new Error(`the export does not open: ${taken.error.code}`)
    history.add(at.id, `takes over: ${JSON.stringify(taken.value)}`)
    for (const [kind, count] of Object.entries(taken.value))
      if (count > 0) history.count(`hand-over: ${kind}`)
    return true
  }

  #until(attempt: () => boolean): void {
    const { queue, onUnhandled } = this.#parts
    const again = (): void => {
      let isOver = false
      try {
        isOver = attempt()
      } catch (reason) {
        if (!(reason instanceof DiskFull)) onUnhandled(reason)
      }
      if (!isOver) queue.after(personMs, again)
    }
    again()
  }
}
