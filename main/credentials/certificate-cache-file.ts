import path from 'node:path'
import type { CertificateCache } from '../wechatpay/certificate-cache.ts'
import { readFileIfThere, writePrivateFile } from './private-file.ts'

/**
 * Keeps the list of platform certificates in `platform-certificates.json` beside the profile, as WeChat Pay sent it.
 */
export function openCertificateCache(
  folder: string,
  onFault: (cause: unknown) => void,
): CertificateCache {
  const file = path.join(folder, 'platform-certificates.json')
  return {
    read() {
      try {
        return readFileIfThere(file)
      } catch (cause) {
        onFault(cause)
        return null
      }
    },
    write(list) {
      try {
        writePrivateFile(file, list)
      } catch (cause) {
        onFault(cause)
      }
    },
  }
}
