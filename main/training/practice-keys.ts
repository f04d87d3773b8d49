import { type IssuedCertificate, issueCertificate } from './issue-certificate.ts'

const fiveYearsMs = 5 * 365 * 86_400_000

/**
 * A merchant key and certificate for training, valid for five years as WeChat Pay's are. They open nothing but the
 * stand-in that the certificate is enrolled with.
 */
export function createPracticeKeys(now: () => number = Date.now): Promise<IssuedCertificate> {
  const at = now()
  return issueCertificate({
    commonName: 'Training merchant',
    validFrom: at - 86_400_000,
    validUntil: at + fiveYearsMs,
  })
}
