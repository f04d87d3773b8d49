import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { anyCode, merchantCode, standardCode } from './codes.ts'
import { damaged, wanted, type KeyStream } from './key-stream.ts'
import { lines, people, typeText, type PersonModel } from './person-model.ts'
import { between, pick, textOf, whole, type Random } from './random.ts'
import { playScan } from './scanner-model.ts'
import { anyScanner } from './scanners.ts'

type Drawn = Omit<KeyStream, 'family'>

interface Busy {
  readonly from: number
  readonly to: number
}

/** What it costs the browser process to take one event, ms. */
const [quickestEventMs, slowestEventMs] = [0.02, 0.12]

/**
 * The time stamps that Chromium gives on Windows: not when a key was pressed, but when the browser process took its
 * message. What was pressed while that process was busy arrives in one bunch.
 */
export function takenByBrowser(
  strokes: readonly KeyStroke[],
  busy: readonly Busy[],
  random: Random,
): KeyStroke[] {
  let free = Number.NEGATIVE_INFINITY
  const inOrder = busy.toSorted((a, b) => a.from - b.from)
  return strokes.map((each) => {
    let at = Math.max(each.at, free)
    for (const { from, to } of inOrder) if (at >= from) at = Math.max(at, to)
    free = at + between(random, quickestEventMs, slowestEventMs)
    return { ...each, at }
  })
}

function busySpells(strokes: readonly KeyStroke[], random: Random): Busy[] {
  const end = strokes.at(-1)?.at ?? 0
  return Array.from({ length: whole(random, 1, 3) }, () => {
    const from = between(random, -50, end)
    const ms = pick(random, [
      between(random, 8, 60),
      between(random, 60, 400),
      between(random, 400, 2500),
    ])
    return { from, to: from + ms }
  })
}

function typed(text: string, person: PersonModel, random: Random): KeyStroke[] {
  return typeText(text, 0, person, random).strokes
}

const hands = [people.usual, people.practised, people.racing, people.drumming] as const

/** People on Windows, with a browser process that is busy now and then: nothing here is a scan. */
export const typedOnWindows = {
  'Windows: typing while the browser process is busy': (random) => {
    const strokes = typed(lines(random, whole(random, 1, 4)), pick(random, hands), random)
    return { strokes: takenByBrowser(strokes, busySpells(strokes, random), random), ...nobodyScans }
  },
  'Windows: a number and Enter in one bunch': (random) => {
    const number = textOf(random, '0123456789', whole(random, 2, 8))
    const strokes = typed(`${number}\n`, pick(random, hands), random)
    const busy = { from: between(random, -300, -1), to: (strokes.at(-1)?.at ?? 0) + 1 }
    return { strokes: takenByBrowser(strokes, [busy], random), ...nobodyScans }
  },
} as const satisfies Record<string, (random: Random) => Drawn>

const nobodyScans = { stalls: [], scans: [] }

/** Scans on Windows. What was held up as a whole shows its scanner no more; only its form can prove the code. */
export const scannedOnWindows = {
  'Windows: a standard code, held up': (random) => {
    const text = standardCode(random)
    const { strokes } = playScan(text, 0, { ...anyScanner(random), packed: 1, tickMs: 0 }, random)
    const busy = { from: between(random, -50, 0), to: (strokes.at(-1)?.at ?? 0) + 1 }
    const scans = [wanted(text)]
    return { strokes: takenByBrowser(strokes, [busy], random), stalls: [], scans }
  },
  'Windows: a merchant code, held up': (random) => {
    const text = merchantCode(random)
    const { strokes } = playScan(text, 0, { ...anyScanner(random), packed: 1, tickMs: 0 }, random)
    const busy = { from: between(random, -50, 0), to: (strokes.at(-1)?.at ?? 0) + 1 }
    const scans = [damaged(text)]
    return { strokes: takenByBrowser(strokes, [busy], random), stalls: [], scans }
  },
  'Windows: a code, held up in part': (random) => {
    const text = anyCode(random)
    const { strokes } = playScan(text, 0, { ...anyScanner(random), packed: 1, tickMs: 0 }, random)
    const scans = [damaged(text)]
    return {
      strokes: takenByBrowser(strokes, busySpells(strokes, random), random),
      stalls: [],
      scans,
    }
  },
} as const satisfies Record<string, (random: Random) => Drawn>
