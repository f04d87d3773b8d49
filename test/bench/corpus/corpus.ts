import { damagedScans, undecidable } from './damaged-scans.ts'
import { fieldFaults } from './field-faults.ts'
import { fieldScans } from './field-scans.ts'
import type { KeyStream } from './key-stream.ts'
import { seeded, type Random } from './random.ts'
import { typedStreams } from './typing.ts'
import { wholeScans } from './whole-scans.ts'
import { scannedOnWindows, typedOnWindows } from './windows.ts'

type Draw = (random: Random) => Omit<KeyStream, 'family'>

/** Every kind of stream that can be decided, by name. */
export const families: ReadonlyMap<string, Draw> = new Map<string, Draw>(
  Object.entries({
    ...wholeScans,
    ...fieldScans,
    ...scannedOnWindows,
    ...damagedScans,
    ...fieldFaults,
    ...typedStreams,
    ...typedOnWindows,
  }),
)
export const undecidableFamilies: ReadonlyMap<string, Draw> = new Map<string, Draw>(
  Object.entries(undecidable),
)

/** Yields `count` streams, taking the families in turn; the same for the same seed. */
export function* corpus(
  from: ReadonlyMap<string, Draw>,
  count: number,
  seed: number,
): Generator<KeyStream> {
  const draws = [...from]
  for (let at = 0; at < count; at += 1) {
    const [family, draw] = draws[at % draws.length] ?? ['', () => nothing]
    yield { family, ...draw(seeded(seed + at)) }
  }
}

const nothing = { strokes: [], stalls: [], scans: [] }
