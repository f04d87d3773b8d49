import { unzipSync } from 'fflate'
import { err, ok, type Result } from '../contract/result.ts'
import { maxSourceFileBytes, type SourceFile } from './source-file.ts'

/** The names that WeChat Pay's certificate tool gives its files, in any folder of the archive. */
const wanted = /(^|[/\\])apiclient_(cert\.pem|key\.pem|cert\.p12)$/i

/** The certificate files in the archive that the merchant platform or its tool hands out. Nothing else is unpacked. */
export function readMerchantZip(bytes: Uint8Array): Result<SourceFile[], 'zip-unreadable'> {
  try {
    const entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => wanted.test(name) && originalSize <= maxSourceFileBytes,
    })
    return ok(Object.entries(entries).map(([name, content]) => ({ name, bytes: content })))
  } catch {
    // Cut short, encrypted, or no archive behind its first bytes.
    return err('zip-unreadable')
  }
}
