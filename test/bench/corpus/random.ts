/** 0 to 1, as `Math.random`, but seeded: the same seed gives the same corpus everywhere. */
export type Random = () => number

/** mulberry32 (public domain): 32 bits of state are plenty for key streams. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
