import { baseLockOf } from '../case-of-letters.ts'
import type { Scan } from '../decision.ts'
import { HeldKeys } from '../held-keys.ts'
import { hasCode, type KeyStroke } from '../key-stroke.ts'
import { nameOf } from '../read-key.ts'

import { ScanRun, holdTimes } from '../scan-run.ts'
import { defaultScannerProfile, type ScannerProfile } from '../scanner-profile.ts'
import { median } from '../statistics.ts'
import { roleOf } from '../stroke-role.ts'
import { spell } from '../transcript.ts'

export interface Sample {
  /** The code that was shown on the screen. */
  readonly code: string
  /** Every key event from then on until silence. */
  readonly strokes: readonly KeyStroke[]
}

/** One scan as its keys arrived, not judged. */
export interface RecordedScan {
  readonly run: ScanRun
  readonly terminator: Scan['terminator']
  /** The key that ended it where it is neither Enter nor Tab, as in `ScannerProfile`. */
  readonly endKey: string | null
  /** Enter or Tab came before the first character. */
  readonly startsWithTerminator: boolean
  /** Medians, ms. */
  readonly gapMs: number
  readonly holdMs: number
  readonly usesAltCodes: boolean
  /** Whether Caps Lock was on before the scan. */
  readonly capsLock: boolean
  /** Some keys did not say which physical key they were. */
  readonly lacksCodes: boolean
  readonly throughInputMethod: boolean
}

/** Reads everything up to the first key that ends the scan: Enter or Tab, or else the key behind the last character. */
export function readScan(strokes: readonly KeyStroke[]): RecordedScan {
  const run = new ScanRun(strokes[0]?.at ?? 0)
  const held = new HeldKeys()
  let terminator: RecordedScan['terminator'] = 'none'
  let startsWithTerminator = false
  for (const stroke of strokes) {
    const role = roleOf(stroke)
    if (role.kind === 'modifier') run.modifier(stroke)
    else if (stroke.type === 'keyup') {
      if (!held.release(stroke)) run.fault('lost-key')
      run.release(stroke)
    } else {
      held.press(stroke)
      if (terminator !== 'none' || stroke.repeat) continue
      if (role.kind === 'character') run.press(stroke, false)
      else if (role.kind === 'other') run.other(stroke)
      else if (run.keys === 0) startsWithTerminator = true
      else if (run.lastOther === null) terminator = role.as
    }
  }
  const { lastOther, presses } = run
  return {
    run,
    terminator: lastOther === null || run.keys === 0 ? terminator : 'key',
    endKey: lastOther === null ? null : nameOf(lastOther),
    startsWithTerminator,
    gapMs: median(presses.slice(1).map((press) => press.gap)),
    holdMs: median(holdTimes(presses)),
    usesAltCodes: presses.some((press) => press.altHold > 0),
    capsLock: baseLockOf(presses),
    lacksCodes: presses.some((press) => !hasCode(press.stroke)),
    throughInputMethod: strokes.some((stroke) => stroke.composing),
  }
}

/**
 * Returns everything that the scan spells under this way of reading, with what the scanner puts around the code; `null`
 * when a key has no character then.
 */
export function textOf(
  played: RecordedScan | null,
  way: Pick<ScannerProfile, 'layout' | 'capsLock'>,
): string | null {
  if (played === null) return null
  const spelt = spell(played.run.presses, { ...defaultScannerProfile, ...way })
  return spelt.ok ? spelt.value : null
}
