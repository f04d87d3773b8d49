import { type IssuedCertificate, issueCertificate } from './issue-certificate.ts'

const fiveYearsMs = 5 * 365 * 86_400_000

/**
 * Creates a merchant key and certificate for training, valid for five years as WeChat Pay's are. Only a stand-in with
 * which the certificate is enrolled accepts them.
 */
export function createPracticeKeys(now: () => number = Date.now): Promise<IssuedCertificate> {
  const at = now()
  return issueCertificate({
    commonName: 'Training merchant',
    validFrom: at - 86_400_000,
    validUntil: at + fiveYearsMs,
  })
}
