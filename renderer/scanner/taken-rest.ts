import type { Decision } from './decision.ts'
import type { HeldKeys } from './held-keys.ts'
import { hasCode, type KeyStroke } from './key-stroke.ts'

/** A key of the scanner's own comes within this time of its last one, ms; nobody types so soon after a scan. */
const nextKeyMs = 250
/** An input method may let go of text so long after the last key, ms. */
export const lateTextMs = 800
/**
 * An Enter that an input method did not want may come so late, ms: where the window system has read it and nothing wakes
 * the program, it waits for the next event (seen with GTK and fcitx5 on a busy computer).
 */
const lateEnterMs = 3000

/**
 * What still comes of a scan that an input method took, after it was rejected: on a busy computer the input method passes
 * its keys on late and in pieces.
 */
export class TakenRest {
  private lastAt = Number.NEGATIVE_INFINITY

  noted(decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      if (decision.kind !== 'rejected' || decision.rejected.why !== 'input-method') continue
      this.lastAt = decision.rejected.endedAt
    }
  }

  /**
   * Returns what to do with an event that is still a part of the scan; `null`: it is none. `isAlone`: no other keys came since, whose
   * end an Enter could be.
   */
  take(stroke: KeyStroke, held: HeldKeys, isAlone: boolean): Decision[] | null {
    if (!this.includes(stroke, isAlone)) return null
    if (stroke.type === 'keydown') held.withhold(stroke)
    const isHidden = held.isWithheld(stroke)
    if (stroke.type === 'keyup') held.release(stroke)
    return isHidden ? [{ kind: 'rest' }, { kind: 'withhold' }] : [{ kind: 'rest' }]
  }

  private includes(stroke: KeyStroke, isAlone: boolean): boolean {
    const patienceMs = patienceFor(stroke, isAlone)
    const isPart = stroke.at - this.lastAt <= patienceMs
    if (isPart && patienceMs === nextKeyMs) this.lastAt = Math.max(this.lastAt, stroke.at)
    return isPart
  }
}

/** A key-down event that passed through an input method bears the time at which that let go of it. */
function patienceFor(stroke: KeyStroke, isAlone: boolean): number {
  if (stroke.type === 'keyup') return nextKeyMs
  if (stroke.composing) return lateTextMs
  return isAlone && stroke.key === 'Enter' && !hasCode(stroke) ? lateEnterMs : nextKeyMs
}
