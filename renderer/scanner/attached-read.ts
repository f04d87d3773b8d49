import type { AttachedRead } from '../../main/contract/attached-scanner.ts'
import { err, type Result } from '../../main/contract/result.ts'
import type { RejectReason } from './decision.ts'
import type { ScannerProfile } from './scanner-profile.ts'
import { peel, type Transcript } from './transcript.ts'

/**
 * The code in what a serial or HID-POS scanner sent, by the same rules as a scan that was typed. One that silence
 * ended is taken only when its form, or the calibration, says that it is whole.
 */
export function codeOfRead(
  read: AttachedRead,
  profile: ScannerProfile,
  isWholeCode: (text: string) => boolean,
): Result<Transcript, RejectReason> {
  if (read.kind === 'fault') return err(read.why)
  const { text } = read
  // What the scanner puts around codes while it types proves nothing here, and it may do without it on a cable of its own.
  const isFramed = text.startsWith(profile.prefix) && text.endsWith(profile.suffix)
  const peeled = peel(text, isFramed ? profile : { ...profile, prefix: '', suffix: '' })
  if (!peeled.ok) return peeled
  const isWhole = read.ended === 'terminator' || profile.terminator === 'none'
  if (!isWhole && !isWholeCode(peeled.value.text)) return err('no-terminator')
  return read.aim === null ? peeled : { ok: true, value: { ...peeled.value, aim: read.aim } }
}
