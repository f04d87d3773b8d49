import { err, ok, type Result } from '../../main/contract/result.ts'
import { splitAim } from './aim.ts'
import { baseLockOf, caseFault } from './case-of-letters.ts'
import { groupSeparator, hasForeignControl, isAscii, withoutFrame } from './control-characters.ts'
import type { RejectReason } from './decision.ts'
import { hasCode } from './key-stroke.ts'
import { readKey, type KeyReading } from './read-key.ts'
import type { Press } from './scan-run.ts'
import { maxScanLength, type ScannerProfile } from './scanner-profile.ts'

export interface Transcript {
  readonly text: string
  readonly aim: string | null
}

/** Returns the code that the keys of one scan spell, or why it is unclear. */
export function transcribe(
  presses: readonly Press[],
  profile: ScannerProfile,
): Result<Transcript, RejectReason> {
  const spelt = spell(presses, profile)
  return spelt.ok ? stripWrapping(spelt.value, profile) : spelt
}

/** Returns everything that the keys of one scan spell, with what the scanner puts around the code. */
export function spell(
  presses: readonly Press[],
  profile: ScannerProfile,
): Result<string, RejectReason> {
  const unclear = caseFault(presses)
  if (unclear !== null) return err(unclear)
  const baseLock = baseLockOf(presses)
  const readings: KeyReading[] = []
  for (let at = 0; at < presses.length;) {
    const press = presses[at]
    if (press === undefined) break
    if (press.altHold === 0) {
      readings.push(readKey(press.stroke, baseLock, profile))
      at += 1
      continue
    }
    const group = altGroup(presses, at)
    const char = altCodeChar(group)
    if (char === null) return err('unreadable-key')
    readings.push({ byCode: char, byKey: char })
    at += group.length
  }
  const spelt = chooseLayout(readings, profile)
  if (spelt.ok) return spelt
  const isInjected = presses.some(({ stroke }) => !hasCode(stroke))
  return isInjected && spelt.error === 'unreadable-key' ? err('remote-keys') : spelt
}

function altGroup(presses: readonly Press[], from: number): readonly Press[] {
  const hold = presses[from]?.altHold
  const end = presses.findIndex((press, at) => at > from && press.altHold !== hold)
  return presses.slice(from, end === -1 ? undefined : end)
}

/** Windows' Alt codes: a number typed on the number pad while Alt is down. Only ASCII is the same on every system. */
function altCodeChar(group: readonly Press[]): string | null {
  if (group.some(({ stroke }) => stroke.ctrl || stroke.meta)) return null
  const digits = group.map((press) => /^Numpad(\d)$/u.exec(press.stroke.code)?.[1])
  if (digits.some((digit) => digit === undefined) || digits.length > 5) return null
  const value = Number(digits.join(''))
  // Zebra scanners send the group separator as Alt with a single 0.
  if (value === 0) return groupSeparator
  return value < 0x80 ? String.fromCodePoint(value) : null
}

function sameText(text: string, readings: readonly KeyReading[]): boolean {
  return readings.every(({ byKey }, at) => byKey === text[at])
}

/**
 * Decides between the physical keys and the system's characters. Where both agree there is nothing to decide.
 * Characters that no code contains (an accented letter, a dead key) show that the scanner assumes a US keyboard.
 * Otherwise the profile must tell; guessing would yield wrong codes.
 */
function chooseLayout(
  readings: readonly KeyReading[],
  profile: ScannerProfile,
): Result<string, RejectReason> {
  const byCode = join(readings.map((reading) => reading.byCode))
  const byKey = join(readings.map((reading) => reading.byKey))
  if (profile.layout === 'key') return byKey === null ? err('unreadable-key') : ok(byKey)
  if (profile.layout === 'code') return byCode === null ? err('unreadable-key') : ok(byCode)
  if (byCode === null && byKey === null) return err('unreadable-key')
  if (byCode === null) {
    const others = readings.every((reading) => (reading.byCode ?? reading.byKey) === reading.byKey)
    return byKey !== null && others && isAscii(byKey) ? ok(byKey) : err('layout-unclear')
  }
  if (byKey === null || !isAscii(byKey) || sameText(byCode, readings)) return ok(byCode)
  return err('layout-unclear')
}

function join(chars: readonly (string | null)[]): string | null {
  return chars.includes(null) ? null : chars.join('')
}

/** Removes what the scanner puts around the code: prefix, suffix, identifier, frame. */
export function stripWrapping(
  spelt: string,
  profile: ScannerProfile,
): Result<Transcript, RejectReason> {
  if (!spelt.startsWith(profile.prefix)) return err('prefix-missing')
  if (!spelt.endsWith(profile.suffix)) return err('suffix-missing')
  if (profile.prefix !== '' && spelt.includes(profile.prefix, profile.prefix.length)) {
    return err('merged')
  }
  const inner = spelt.slice(profile.prefix.length, spelt.length - profile.suffix.length)
  const { aim, text: data } = splitAim(withoutFrame(inner))
  // The group separator of FNC1 stands before the identifier or behind it.
  const text = withoutFrame(data)
  if (hasForeignControl(text)) return err('unreadable-key')
  if (text.length > maxScanLength) return err('too-long')
  return text.length < profile.minLength ? err('too-short') : ok({ text, aim })
}
