import { type EnvelopeFault, type EnvelopeReader, unwrapHandOver } from './hand-over-envelope.ts'
import type { Result } from '../contract/result.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { openHandOver } from '../store/hand-over.ts'

/** Returns the redemptions in a hand-over file. Nothing is decrypted unless its signature is good; never throws. */
export function readHandOverFile(
  file: Uint8Array,
  password: string,
  reader: EnvelopeReader,
): Result<Redemption[], EnvelopeFault> {
  const sealed = unwrapHandOver(file, reader)
  if (!sealed.ok) return sealed
  return openHandOver(sealed.value, password)
}
