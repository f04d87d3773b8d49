import { fastGapMs } from './rhythm.ts'
import type { ScanRun } from './scan-run.ts'
import { longestGapMs, type ScannerProfile } from './scanner-profile.ts'
import { median, spread } from './statistics.ts'

const fewestReleases = 4
const steadyReleases = 8

/**
 * Recognises a scan that an input method intercepted. Few of its key-down events arrive, flagged or not, but every
 * key-up still does, at the scanner's pace (measured with fcitx5 and pinyin: all key-up events arrive, with their time
 * stamps).
 */
export function isTakenByInputMethod(run: ScanRun, profile: ScannerProfile): boolean {
  if (!run.isComposed || run.releases.length < fewestReleases) return false
  const times = run.releases.toSorted((a, b) => a - b)
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at))
  const gapMs = median(gaps)
  if (gapMs <= fastGapMs) return true
  return (
    times.length >= steadyReleases &&
    gapMs <= profile.maxMsPerKey * 1.15 &&
    Math.max(...gaps) <= longestGapMs(profile) &&
    spread(gaps) <= 0.25
  )
}
