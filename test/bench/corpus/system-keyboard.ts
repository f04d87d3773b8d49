import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { pick, type Random } from './random.ts'
import { charOf } from './strokes.ts'

/**
 * The same key movements as the system reports them: flags and characters follow from the modifiers that it saw move. Use it after a
 * modifier's event was taken out, so that everything behind it is as wrong as it would be.
 */
export function asSystemReports(strokes: readonly KeyStroke[], lockedAtStart = false): KeyStroke[] {
  const shifts = new Set<string>()
  let capsLock = lockedAtStart
  return strokes.map((each) => {
    if (each.key === 'Shift') {
      if (each.type === 'keydown') shifts.add(each.code)
      else shifts.delete(each.code)
    }
    if (each.key === 'CapsLock' && each.type === 'keydown') capsLock = !capsLock
    const shift = shifts.size > 0
    return { ...each, shift, capsLock, key: charOf(each.code, shift, capsLock) ?? each.key }
  })
}

/**
 * The same keys with one Shift, or each, released before its letter goes down: so some remote desktops deliver them.
 * Flags and characters stay as they were.
 */
export function withEmptyShift(strokes: readonly KeyStroke[], random: Random): KeyStroke[] {
  const isEach = random() < 0.5
  const presses = strokes.flatMap(({ type, key }, at) =>
    type === 'keydown' && key === 'Shift' ? [at] : [],
  )
  const hit = isEach ? presses : [pick(random, [presses[0] ?? -1, ...presses])]
  return strokes.flatMap((each, at) => {
    const isRelease = each.type === 'keyup' && each.key === 'Shift'
    const from = presses.findLast((press) => press < at)
    if (isRelease && from !== undefined && hit.includes(from)) return []
    return hit.includes(at) ? [each, { ...each, type: 'keyup' as const, shift: false }] : [each]
  })
}

/** Keys as some remote desktops and programs inject them: nobody says which physical key it was. */
export function withoutCodes(strokes: readonly KeyStroke[]): KeyStroke[] {
  return strokes.map((each) => ({ ...each, code: '' }))
}

/** Characters as a program injects them: each says what it is, and no Shift moves. */
export function injected(strokes: readonly KeyStroke[]): KeyStroke[] {
  return strokes
    .filter(({ key }) => key !== 'Shift')
    .map((each) => ({ ...each, code: '', shift: false }))
}
