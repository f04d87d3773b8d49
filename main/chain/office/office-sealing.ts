import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { parseJson } from '../../contract/json.ts'
import { derive, openBytes, sealBytes } from '../sealing.ts'

/** Hides from the hub what a shop publishes. The office has every shop's key, a shop its own alone. */
export interface OfficeSealing {
  /** Packs and encrypts JSON. Only `open` with the same subject decrypts it. */
  seal(subject: string, value: unknown): Uint8Array
  /** Returns what was sealed, unchecked; `null` where it is not of this key and subject, or was changed. */
  open(subject: string, sealed: Uint8Array): unknown
}

/** Far more than a message of the hub holds. */
const mostBytes = 16 * 1024 ** 2

export function createOfficeSealing(sealKey: Uint8Array): OfficeSealing {
  const key = derive(sealKey, 'office')
  return {
    seal: (subject, value) =>
      sealBytes(key, subject, deflateRawSync(Buffer.from(JSON.stringify(value)))),
    open(subject, sealed) {
      const packed = openBytes(key, subject, sealed)
      if (packed === null) return null
      return parseJson(inflateRawSync(packed, { maxOutputLength: mostBytes }).toString('utf8'))
    },
  }
}
