import type { RejectReason } from './decision.ts'
import { hasCode } from './key-stroke.ts'
import { isLetter, toHalfWidth } from './read-key.ts'
import type { Press } from './scan-run.ts'

/**
 * Returns why upper and lower case cannot be told in these keys; `null` when they can. What the system made of a letter must agree
 * with Shift and Caps Lock, and Caps Lock must move only when its key does: where they disagree, an event was lost on
 * the way.
 */
export function caseFault(presses: readonly Press[]): RejectReason | null {
  const base = baseLockOf(presses)
  const moved = presses.some((press) => press.capsToggles > 0)
  // A scanner that presses Caps Lock itself may take it for off, or look at its lamp first.
  if (moved && base) return 'case-unclear'
  if (presses.some((press) => lockBefore(press) !== base)) return 'case-unclear'
  const letters = presses.filter(isTypedLetter)
  const codeless = letters.filter(({ stroke }) => !hasCode(stroke))
  const placed = letters.filter(({ stroke }) => hasCode(stroke))
  if (placed.some((press) => !agrees(press))) return 'case-unclear'
  // With Caps Lock on, nobody can tell whether the system or the program that injected the letter turned it.
  if (codeless.some(({ stroke }) => stroke.capsLock)) return 'remote-keys'
  const isInjected = codeless.every(({ stroke }) => !stroke.shift)
  return isInjected || codeless.every((press) => agrees(press)) ? null : 'remote-keys'
}

/** Returns whether Caps Lock was on when the scan began, before the scanner itself pressed it. */
export function baseLockOf(presses: readonly Press[]): boolean {
  const [first] = presses
  return first !== undefined && lockBefore(first)
}

function lockBefore({ stroke, capsToggles }: Press): boolean {
  return stroke.capsLock !== (capsToggles % 2 === 1)
}

function isTypedLetter({ stroke, altHold }: Press): boolean {
  const hasCommand = stroke.ctrl || stroke.alt || stroke.meta || altHold > 0
  return !hasCommand && !stroke.composing && isLetter(toHalfWidth(stroke.key))
}

/** Whether the case of the letter follows from Shift and Caps Lock, of which macOS lets Shift win. */
function agrees({ stroke }: Press): boolean {
  const shown = toHalfWidth(stroke.key)
  const isUpper = shown === shown.toUpperCase()
  return isUpper === (stroke.shift !== stroke.capsLock) || (isUpper && stroke.shift)
}
