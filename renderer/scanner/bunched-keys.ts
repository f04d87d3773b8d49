import type { Press, ScanRun, RunEnding } from './scan-run.ts'

/**
 * A USB keyboard is asked once a millisecond, and what goes down, comes up and goes down again takes three answers. Keys closer than
 * that were held up somewhere and then delivered in a bunch: on Windows, Chromium stamps a key when its browser process takes
 * it, so that everything typed while that process was busy looks like the work of an instant.
 */
const bunchMs = 1
const fewestInBunch = 3
/** Two reports so close to each other are a bunch already. */
const pairMs = 0.5

/** Returns which keys came in a bunch that a person may have typed: nothing can be told from their times. */
export function bunchedKeys(presses: readonly Press[], end: RunEnding): readonly boolean[] {
  const steps = presses.map((press) => ({ at: press.stroke.at, releases: press.releasesBefore }))
  if (end.gap !== null) {
    const releases = presses.filter((press) => press.upAt !== null).length
    steps.push({ at: (steps.at(-1)?.at ?? 0) + end.gap, releases })
  }
  const bunched = steps.map(() => false)
  for (let from = 0, at = 1; at < steps.length; at += 1) {
    while (msBetween(steps, from, at) >= bunchMs) from += 1
    const isPair =
      msBetween(steps, at - 1, at) < pairMs && reportsIn(steps.slice(at - 1, at + 1)) > 1
    if (isPair || reportsIn(steps.slice(from, at + 1)) >= fewestInBunch) {
      bunched.fill(true, from, at + 1)
    }
  }
  return presses.map((press, at) => bunched[at] === true && !isMoreThanTyped(press))
}

interface Step {
  readonly at: number
  readonly releases: number
}

function msBetween(steps: readonly Step[], from: number, to: number): number {
  return (steps[to]?.at ?? 0) - (steps[from]?.at ?? 0)
}

/** Returns how many reports these keys took at least: keys that went down with no release in between may share one. */
function reportsIn(steps: readonly Step[]): number {
  return (
    1 + steps.filter((step, at) => at > 0 && step.releases > (steps[at - 1]?.releases ?? 0)).length
  )
}

/** The quickest fingers, ms per key. */
const quickestFingersMs = 20

/** Whether so many keys came after so short a silence that nobody can have typed them meanwhile: then a scanner did. */
function isMoreThanTyped({ flow }: Press): boolean {
  return flow.keys * quickestFingersMs > flow.silenceMs
}

/** No computer keeps a key waiting longer, ms. */
const longestDelayMs = 5000

/**
 * Returns the earliest time at which the first of these keys may have been pressed: where it came in a bunch, all of the silence before
 * may have been a delay.
 */
export function earliestStart({ presses, startedAt }: ScanRun): number {
  const [first] = presses
  if (first === undefined) return startedAt
  const { at } = first.stroke
  const next = presses.find((press) => press.releasesBefore > 0)
  const isHeldUp =
    next !== undefined && next.stroke.at - at < pairMs && first.flow.pauseMs <= longestDelayMs
  return isHeldUp ? at - first.flow.pauseMs : at
}

/** Returns the keys whose times can be trusted: outside of every bunch, and not released within one. */
export function keysOutside(presses: readonly Press[], bunched: readonly boolean[]): Press[] {
  return presses.filter((_, at) => bunched[at] !== true && bunched[at + 1] !== true)
}

/** Returns the gaps between neighbours of which neither came in a bunch. */
export function gapsOutside(presses: readonly Press[], bunched: readonly boolean[]): number[] {
  return presses.flatMap((press, at) =>
    at === 0 || bunched[at] === true || bunched[at - 1] === true ? [] : [press.gap],
  )
}
