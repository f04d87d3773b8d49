import forge from 'node-forge'
import { err, ok, type Result } from '../contract/result.ts'
import { roundsIn } from './p12-rounds.ts'

export interface P12Fault {
  readonly code: 'p12-unreadable' | 'p12-password-wrong' | 'p12-without-key' | 'p12-too-many-rounds'
}

/** WeChat Pay's file has three kilobytes. */
const maxBytes = 65_536
/** Of all keys that are derived from the password. WeChat Pay's file has three of 2048; forge does some 600,000 a second. */
const maxRounds = 500_000

/**
 * Reads `apiclient_cert.p12`, whose password is the merchant id. With forge, because these files are encrypted with
 * RC2-40 and triple DES, which neither WebCrypto nor Electron's BoringSSL has
 * (docs/decisions/0008-certificate-files.md).
 */
export function readMerchantP12(
  bytes: Uint8Array,
  merchantId: string,
): Result<{ certificatePems: string[]; privateKeyPem: string }, P12Fault> {
  if (bytes.length > maxBytes) return err({ code: 'p12-unreadable' })
  let asn1: forge.asn1.Asn1
  try {
    asn1 = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('binary')))
  } catch {
    // Not DER.
    return err({ code: 'p12-unreadable' })
  }
  if (roundsIn(asn1) > maxRounds) return err({ code: 'p12-too-many-rounds' })
  let p12: forge.pkcs12.Pkcs12Pfx
  try {
    p12 = forge.pkcs12.pkcs12FromAsn1(asn1, merchantId)
  } catch (cause) {
    return err({ code: isAboutPassword(cause) ? 'p12-password-wrong' : 'p12-unreadable' })
  }
  const bags = p12.safeContents.flatMap(({ safeBags }) => safeBags)
  const key = bags.find((bag) => bag.key)?.key
  if (!key) return err({ code: 'p12-without-key' })
  return ok({
    privateKeyPem: forge.pki.privateKeyToPem(key),
    certificatePems: bags.flatMap(({ cert }) => (cert ? [forge.pki.certificateToPem(cert)] : [])),
  })
}

/** forge's errors have a message and no code. */
function isAboutPassword(cause: unknown): boolean {
  return cause instanceof Error && /password|MAC/i.test(cause.message)
}
