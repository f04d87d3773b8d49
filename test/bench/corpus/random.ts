/** Returns a number from 0 to 1 like `Math.random`, but seeded: the same seed gives the same corpus everywhere. */
export type Random = () => number

/** mulberry32 (public domain): 32 bits of state suffice for key streams. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function between(random: Random, min: number, max: number): number {
  return min + random() * (max - min)
}

/** Returns a whole number, both ends included. */
export function whole(random: Random, min: number, max: number): number {
  return Math.floor(between(random, min, max + 1))
}

export function pick<T>(random: Random, from: readonly [T, ...T[]]): T {
  return from[Math.floor(random() * from.length)] ?? from[0]
}

/** Returns a normally distributed number (Box-Muller), cut off below. */
export function normal(random: Random, mean: number, deviation: number, min: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  return Math.max(min, mean + deviation * radius * Math.cos(2 * Math.PI * random()))
}

export function textOf(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join(
    '',
  )
}
