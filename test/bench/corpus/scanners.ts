import { between, pick, whole, type Random } from './random.ts'
import { usbScanner, type ScannerModel } from './scanner-model.ts'

/** Draws a fast scanner, up to 25 ms a key: nearly all with a cable. */
export function fastScanner(random: Random): ScannerModel {
  const msPerKey = pick(random, [
    between(random, 0, 2),
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
    tickMs: random() < 0.1 ? 15.6 : 0,
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

export function anyScanner(random: Random): ScannerModel {
  return random() < 0.75 ? fastScanner(random) : slowScanner(random)
}
