import { unzipSync } from 'fflate/browser'
import { err, ok, type Result } from '../contract/result.ts'
import type { SourceFile } from './source-file.ts'

export interface ZipFault {
  readonly code: 'zip-unreadable' | 'zip-too-large'
}

/** The names that WeChat Pay's certificate tool gives its files, in any folder of the archive. */
const certificateFile = /(^|[/\\])apiclient_(cert\.pem|key\.pem|cert\.p12)$/i
/** The tool's archive has four or five. */
const maxEntries = 100
/** Of all files together. Certificate, key and `.p12` have some eight kilobytes. */
const maxUnpackedBytes = 262_144

/** Thrown out of `unzipSync`, caught around it. */
class TooLarge extends Error {}

/**
 * Unpacks the certificate files of an archive from the merchant platform or its tool, and no other file. Their number and
 * sizes are checked before: fflate allocates what the archive's directory says and writes no more than that.
 */
export function readMerchantZip(bytes: Uint8Array): Result<SourceFile[], ZipFault> {
  let entries = 0
  let unpacked = 0
  try {
    const files = unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        entries += 1
        if (entries > maxEntries) throw new TooLarge()
        if (!certificateFile.test(name)) return false
        unpacked += Math.max(size, originalSize)
        if (unpacked > maxUnpackedBytes) throw new TooLarge()
        return true
      },
    })
    return ok(Object.entries(files).map(([name, content]) => ({ name, bytes: content })))
  } catch (cause) {
    // Cut short, encrypted, or not an archive after all.
    return err({ code: cause instanceof TooLarge ? 'zip-too-large' : 'zip-unreadable' })
  }
}
