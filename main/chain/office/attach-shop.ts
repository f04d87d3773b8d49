import { randomInt } from 'node:crypto'
import { chainKeyBytes, derive } from '../sealing.ts'
import { createTillKey } from '../till-key.ts'
import type { OfficeFile } from './office-file.ts'

/** How shops reach the hub. */
export type HubAddress = Pick<OfficeFile, 'hub' | 'authority' | 'domain'>

const idLetters = 'abcdefghijklmnopqrstuvwxyz234567'
const idLength = 12

/** Returns what a new shop of this head office is given. `root`: 32 bytes, the secret of the office. */
export function officeFileFor(name: string, hub: HubAddress, root: Uint8Array): OfficeFile {
  const shopId = Array.from(
    { length: idLength },
    () => idLetters[randomInt(idLetters.length)],
  ).join('')
  return {
    version: 1,
    shopId,
    name,
    ...hub,
    ...createTillKey(),
    sealKey: Buffer.from(sealKeyOf(root, shopId)).toString('base64'),
    couponKey: derive(root, 'office coupons').export().toString('base64'),
  }
}

/** The key under which this shop seals: it follows from the office's secret, so that a lost list of shops loses no record. */
export function sealKeyOf(root: Uint8Array, shopId: string): Uint8Array {
  if (root.length !== chainKeyBytes) throw new RangeError(`a root must have ${chainKeyBytes} bytes`)
  return derive(root, `office shop ${shopId}`).export()
}
