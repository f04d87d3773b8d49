import { fastGapMs } from './rhythm.ts'
import type { ScanRun } from './scan-run.ts'
import { longestGapMs, type ScannerProfile } from './scanner-profile.ts'
import { median, spread } from './statistics.ts'

const fewestReleases = 4
const steadyReleases = 8

/**
 * A scan that an input method took: of its keys going down a few arrive, marked or not, but every key still comes up,
 * in the scanner's pace (measured with fcitx5 and pinyin: all releases arrive, with their time stamps).
 */
export function isEatenScan(run: ScanRun, profile: ScannerProfile): boolean {
  if (!run.faults.includes('input-method') || run.releases.length < fewestReleases) return false
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
