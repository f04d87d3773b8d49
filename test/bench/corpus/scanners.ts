import { between, pick, whole, type Random } from './random.ts'
import { usbScanner, type ScannerModel } from './scanner-model.ts'

/** A USB keyboard is polled at most once a millisecond. Keys that come closer were held up (`windows.ts`). */
const quickestMsPerKey = 1
/** With a faster scanner, keys share the time stamp of one tick, like keys that were held up. */
const quickestPerTick = 16

/** Draws a fast scanner, up to 25 ms a key: nearly all with a cable. */
export function fastScanner(random: Random): ScannerModel {
  const msPerKey = pick(random, [
    between(random, quickestMsPerKey, 2),
    between(random, 2, 12),
    between(random, 12, 25),
  ])
  return {
    ...usbScanner,
    msPerKey,
    jitter: between(random, 0, 0.3),
    holdMs: pick(random, [0, 1, msPerKey / 2, 'pace']),
    shiftTakesTime: random() < 0.3,
    terminator: pick(random, ['enter', 'enter', 'enter', 'tab', 'crlf']),
    packed: random() < 0.1 ? whole(random, 2, 6) : 1,
    tickMs: random() < 0.1 && msPerKey >= quickestPerTick ? 15.6 : 0,
  }
}

/** Draws a Bluetooth scanner or one that was slowed down, 25 to 80 ms a key. */
export function slowScanner(random: Random): ScannerModel {
  const msPerKey = between(random, 25, 80)
  return {
    ...usbScanner,
    msPerKey,
    jitter: between(random, 0, 0.2),
    holdMs: pick(random, [2, 8, msPerKey / 2, 'pace']),
    shiftTakesTime: random() < 0.3,
    terminator: pick(random, ['enter', 'enter', 'enter', 'tab', 'crlf']),
  }
}

/** Draws a scanner that is slower than many people type, 100 to 150 ms a key: Bluetooth, or a large inter-character delay. */
export function verySlowScanner(random: Random): ScannerModel {
  return {
    ...usbScanner,
    msPerKey: between(random, 100, 145),
    jitter: between(random, 0, 0.15),
    holdMs: between(random, 2, 20),
    terminator: pick(random, ['enter', 'enter', 'tab', 'crlf']),
  }
}

/** Draws a scanner that presses Caps Lock around each capital letter. */
export function capsLockScanner(random: Random): ScannerModel {
  return { ...fastScanner(random), packed: 1, tickMs: 0, capitals: 'caps-lock' }
}

export function anyScanner(random: Random): ScannerModel {
  return random() < 0.75 ? fastScanner(random) : slowScanner(random)
}
