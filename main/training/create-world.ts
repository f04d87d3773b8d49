import { randomBytes } from 'node:crypto'
import { issueCertificate } from './issue-certificate.ts'
import type { PlatformCertificate, World } from './world.ts'

const yearMs = 365 * 86_400_000

/** Returns a new world: keys of its own, two merchants, no coupons. `now` is in epoch milliseconds. */
export async function createWorld(now: number): Promise<World> {
  const publicKey = await issueCertificate({
    commonName: 'Training WeChat Pay public key',
    validFrom: now - yearMs,
    validUntil: now + 100 * yearMs,
  })
  return {
    version: 2,
    apiV3Key: randomBytes(16).toString('hex'),
    publicKey: { ...publicKey, id: `PUB_KEY_ID_0${randomDigits(33)}` },
    platformCertificates: [await createPlatformCertificate(now)],
    merchants: [
      { mchid: '1900000109', appid: 'wxd678efh567hg6787', certificates: [] },
      { mchid: '1900007291', appid: 'wx4e1916a585d1f4e9', certificates: [] },
    ],
    stocks: [],
    coupons: [],
    samples: [],
    ledger: { requests: {}, effects: [], refusals: [], faults: [] },
  }
}

/** A new certificate for the stand-in to sign replies with, valid for five years. */
export async function createPlatformCertificate(now: number): Promise<PlatformCertificate> {
  const validFrom = now - 86_400_000
  const validUntil = now + 5 * yearMs
  const issued = await issueCertificate({
    commonName: 'Training Tenpay.com sign',
    validFrom,
    validUntil,
  })
  return { ...issued, validFrom, validUntil }
}

export function randomDigits(count: number): string {
  let digits = ''
  while (digits.length < count) {
    // Higher values are skipped: 250 is the largest multiple of ten in a byte, and the rest would favour low digits.
    for (const byte of randomBytes(count)) if (byte < 250) digits += byte % 10
  }
  return digits.slice(0, count)
}
