import { HeldKeys } from '../held-keys.ts'
import type { KeyStroke } from '../key-stroke.ts'
import { holdTimes } from '../rhythm.ts'
import { ScanRun } from '../scan-run.ts'
import { defaultScannerProfile, type ScannerProfile } from '../scanner-profile.ts'
import { median } from '../statistics.ts'
import { roleOf } from '../stroke-role.ts'
import { transcribe } from '../transcript.ts'

export interface Sample {
  /** The code that was shown on the screen. */
  readonly code: string
  /** Every key event from then on until silence. */
  readonly strokes: readonly KeyStroke[]
}

/** One scan as its keys arrived, not judged. */
export interface RecordedScan {
  readonly run: ScanRun
  readonly terminator: 'enter' | 'tab' | 'none'
  /** Medians, ms. */
  readonly gapMs: number
  readonly holdMs: number
  readonly usesAltCodes: boolean
  readonly capsLock: boolean
  readonly throughInputMethod: boolean
}

/** Reads everything from the first key to the first terminator. */
export function readScan(strokes: readonly KeyStroke[]): RecordedScan {
  const run = new ScanRun(strokes[0]?.at ?? 0)
  const held = new HeldKeys()
  let terminator: RecordedScan['terminator'] = 'none'
  for (const stroke of strokes) {
    const role = roleOf(stroke)
    if (role.kind === 'modifier') run.modifier(stroke)
    else if (stroke.type === 'keyup') {
      if (!held.release(stroke)) run.fault('lost-key')
      run.release(stroke)
    } else if (role.kind === 'terminator') {
      if (terminator === 'none') terminator = role.as
      held.press(stroke)
    } else if (terminator === 'none' && role.kind === 'character' && !stroke.repeat) {
      run.press(stroke, false)
      held.press(stroke)
    }
  }
  return {
    run,
    terminator,
    gapMs: median(run.presses.slice(1).map((press) => press.gap)),
    holdMs: median(holdTimes(run.presses)),
    usesAltCodes: run.presses.some((press) => press.altHold > 0),
    capsLock: run.presses.some((press) => press.stroke.capsLock),
    throughInputMethod: strokes.some((stroke) => stroke.composing),
  }
}

/** Returns the text under this way of reading; `null` when a key has no character then. */
export function textOf(
  played: RecordedScan | null,
  way: Pick<ScannerProfile, 'layout' | 'capsLock'>,
): string | null {
  if (played === null) return null
  const read = transcribe(played.run.presses, { ...defaultScannerProfile, ...way, minLength: 1 })
  return read.ok ? read.value.text : null
}
