import { seeded, type Random } from '../bench/corpus/random.ts'

/** Random numbers of a simulated shop; the same seed yields the same ones. */
export class Dice {
  readonly random: Random

  constructor(seed: number) {
    this.random = seeded(Math.imul(seed + 1, 0x9e_37_79_b1))
  }

  /** Returns a separate generator, so that the draws of one part do not shift another's. */
  fork(): Dice {
    return new Dice(Math.floor(this.random() * 2 ** 32))
  }

  chance(probability: number): boolean {
    return this.random() < probability
  }

  /** Returns a whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1))
  }

  pick<T>(list: readonly T[]): T {
    const chosen = list[this.between(0, list.length - 1)]
    if (chosen === undefined) throw new Error('nothing to pick from')
    return chosen
  }

  /** Returns each item with the given probability, in the list's order. */
  some<T>(list: readonly T[], probability: number): T[] {
    return list.filter(() => this.chance(probability))
  }

  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index))
  }
}
