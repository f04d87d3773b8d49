import type { KeyStream } from './key-stream.ts'
import { holdKey, layHand, lines, people, typeText, type PersonModel } from './person-model.ts'
import { between, pick, whole, type Random } from './random.ts'
import { stroke } from './strokes.ts'

type Drawn = Omit<KeyStream, 'family'>

function typing(person: PersonModel, random: Random): Drawn {
  const { strokes } = typeText(lines(random, whole(random, 1, 4)), 0, person, random)
  return { strokes, stalls: [], scans: [] }
}

/** Typing by people, none of which is a scan. */
export const typedStreams = {
  'a usual typist': (random) => typing(people.usual, random),
  'a practised typist': (random) => typing(people.practised, random),
  'a racing typist': (random) => typing(people.racing, random),
  'drumming fingers': (random) => typing(people.drumming, random),
  'a key held down': (random) => {
    const key = pick(random, ['0', 'a', ' ', '8'])
    const held = holdKey(key, 0, between(random, 300, 3000))
    const enterAt = (held.at(-1)?.at ?? 0) + between(random, 20, 200)
    return {
      strokes: [
        ...held,
        stroke('keydown', enterAt, 'Enter', 'Enter'),
        stroke('keyup', enterAt + 90, 'Enter', 'Enter'),
      ],
      stalls: [],
      scans: [],
    }
  },
  'a hand laid on the keys': (random) => {
    const hand = layHand(0, random)
    const enterAt = (random() < 0.5 ? 10 : (hand.at(-1)?.at ?? 0)) + between(random, 5, 150)
    const enter = [
      stroke('keydown', enterAt, 'Enter', 'Enter'),
      stroke('keyup', enterAt + 90, 'Enter', 'Enter'),
    ]
    return { strokes: [...hand, ...enter].toSorted((a, b) => a.at - b.at), stalls: [], scans: [] }
  },
  'typing while the main thread stalls': (random) => {
    const drawn = typing(pick(random, [people.usual, people.practised, people.racing]), random)
    const from = between(random, 0, drawn.strokes.at(-1)?.at ?? 0)
    return { ...drawn, stalls: [{ from, to: from + between(random, 50, 1000) }] }
  },
} as const satisfies Record<string, (random: Random) => Drawn>
