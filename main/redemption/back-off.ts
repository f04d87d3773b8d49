import { noJitterGenerator } from 'cockatiel'
import type { Random } from './ports.ts'

const initialDelay = 1000
export const longestBackOffMs = 10 * 60_000
/** No wait of the till's own is longer, nor one that a stranger's `Retry-After` asks for. */
export const longestWaitMs = 60 * 60_000
/** The longest that WeChat Pay's own `Retry-After` is believed. */
export const longestAskedMs = 24 * 3_600_000

/**
 * Milliseconds before the next try after `failures` (1 for the first) in a row: doubling, half of it by chance, so that
 * tills that lost one line do not come back as one. The library's own jitters draw from `Math.random`, which no
 * simulation can replay; its curve is used, and the chance is handed in.
 */
export function backOffMs(failures: number, random: Random, maxDelay = longestBackOffMs): number {
  const options = { initialDelay, maxDelay, exponent: 2, generator: noJitterGenerator }
  const [delay] = noJitterGenerator(Math.max(0, failures - 1), options)
  return Math.ceil((delay + random() * delay) / 2)
}
