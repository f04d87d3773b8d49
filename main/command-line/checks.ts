import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import type { Language } from '../contract/language.ts'
import { certificateExpiry } from '../credentials/certificate-expiry.ts'
import { certificateInForce, type Profile, takeOverMs } from '../credentials/profile.ts'
import type { SecretFault, SecretStore } from '../keychain/secret-store.ts'
import { platformHere, wordsHere } from '../words-here.ts'
import type { Check, CheckWriter } from './report.ts'

/** The day in China of an instant in epoch milliseconds, whatever time zone the computer is set to. */
export function dateOf(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** Its day and time of day there. */
export function timeOf(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

/** Probes the keychain. */
export async function checkKeychain(
  secrets: SecretStore,
  write: CheckWriter,
  language: Language,
): Promise<Check> {
  const probed = await secrets.probe()
  if (probed.ok) return write.line('keychain', 'ok', 'keychain-works')
  return describeKeychain(probed.error, write, language)
}

function describeKeychain(error: SecretFault, write: CheckWriter, language: Language): Check {
  const { code, detail } = error
  if (code !== 'unavailable' && code !== 'locked')
    return write.line('keychain', 'failed', 'keychain-refused', { detail: `${code}: ${detail}` })
  const remedy = keychainRemedy(code, language)
  return write.text('keychain', 'failed', `keychain-${code}`, remedy, { detail })
}

/** What a person can do on this computer about a keychain that does not work. */
export function keychainRemedy(code: 'unavailable' | 'locked', language: Language): string {
  const { keychain } = wordsHere(language).setup
  const stop = language === 'en' ? '. ' : '。'
  return `${keychain[code][platformHere]}${stop}${keychain.never}`
}

/** The merchant certificate in force at `now`, epoch milliseconds, and the next one if it is staged. */
export function checkCertificate(profile: Profile, now: number, write: CheckWriter): Check[] {
  const certificate = certificateInForce(profile, now)
  const { level, daysLeft } = certificateExpiry(certificate, now)
  const isStaged = profile.signing.kind === 'keychain' && profile.signing.next !== null
  const state = level === 'good' ? 'ok' : level === 'expired' ? 'failed' : 'warning'
  const { serial, validUntil } = certificate
  const checks = [
    write.line('certificate', state, `certificate-${level}`, {
      serial,
      days: daysLeft,
      date: dateOf(validUntil),
    }),
  ]
  const { signing } = profile
  if (isStaged && signing.kind === 'keychain' && signing.next?.serial !== serial && signing.next) {
    const date = dateOf(Math.max(signing.next.validFrom, signing.current.validUntil - takeOverMs))
    const values = { serial: signing.next.serial, date }
    checks.push(write.line('certificate', 'ok', 'next-staged', values))
  }
  return checks
}

/** Files that no other account may read; the first is the folder itself. */
const privateFiles = ['', 'profile.json', 'secrets.bin', 'till.db']

/** Whether the live folder can be written, and is closed to other accounts. */
export function checkFolder(folder: string, write: CheckWriter): Check {
  const values = { path: folder, mode: null }
  if (statSync(folder, { throwIfNoEntry: false }) === undefined)
    return write.line('folder', 'skipped', 'folder-missing', values)
  try {
    accessSync(folder, constants.R_OK | constants.W_OK)
  } catch {
    // Without permission.
    return write.line('folder', 'failed', 'folder-unwritable', values)
  }
  // On Windows access lists, and not these bits, keep a user's folder private.
  if (process.platform === 'win32') return write.line('folder', 'ok', 'folder-private', values)
  for (const name of privateFiles) {
    const file = path.join(folder, name)
    const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
    if ((mode & 0o077) !== 0) {
      const shown = (mode & 0o777).toString(8).padStart(4, '0')
      return write.line('folder', 'failed', 'folder-open', { path: file, mode: shown })
    }
  }
  return write.line('folder', 'ok', 'folder-private', values)
}
