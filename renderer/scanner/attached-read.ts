import type { AttachedRead } from '../../main/contract/attached-scanner.ts'
import { err, type Result } from '../../main/contract/result.ts'
import type { RejectReason } from './decision.ts'
import type { ScannerProfile } from './scanner-profile.ts'
import { stripWrapping, type Transcript } from './transcript.ts'

/**
 * Returns the code in what a serial or HID-POS scanner sent, by the same rules as for a scan that was typed. A read
 * that ended in silence is accepted only when its form, or the calibration, shows that it is whole.
 */
export function codeOfRead(
  read: AttachedRead,
  profile: ScannerProfile,
  isWholeCode: (text: string) => boolean,
): Result<Transcript, RejectReason> {
  if (read.kind === 'fault') return err(read.why)
  const { text } = read
  // Prefix and suffix were learnt from a scanner that types. On a serial cable the same scanner may leave them out, so
  // their absence proves nothing.
  const isFramed = text.startsWith(profile.prefix) && text.endsWith(profile.suffix)
  const peeled = stripWrapping(text, isFramed ? profile : { ...profile, prefix: '', suffix: '' })
  if (!peeled.ok) return peeled
  const isWhole = read.ended === 'terminator' || profile.terminator === 'none'
  if (!isWhole && !isWholeCode(peeled.value.text)) return err('no-terminator')
  return read.aim === null ? peeled : { ok: true, value: { ...peeled.value, aim: read.aim } }
}
