import { unzipSync } from 'fflate'
import { err, ok, type Result } from '../contract/result.ts'
import { maxSourceFileBytes, type SourceFile } from './source-file.ts'

export interface ZipFault {
  readonly code: 'zip-unreadable'
}

/** The names that WeChat Pay's certificate tool gives its files, in any folder of the archive. */
const certificateFile = /(^|[/\\])apiclient_(cert\.pem|key\.pem|cert\.p12)$/i

/** Unpacks the certificate files of an archive from the merchant platform or its tool, and no other file. */
export function readMerchantZip(bytes: Uint8Array): Result<SourceFile[], ZipFault> {
  try {
    const entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) =>
        certificateFile.test(name) && originalSize <= maxSourceFileBytes,
    })
    return ok(Object.entries(entries).map(([name, content]) => ({ name, bytes: content })))
  } catch {
    // Cut short, encrypted, or not an archive after all.
    return err({ code: 'zip-unreadable' })
  }
}
