import type { CertificateFacts } from '../contract/setup.ts'

/** How urgently a certificate must be renewed. */
export interface CertificateExpiry {
  readonly level: 'good' | 'soon' | 'urgent' | 'expired' | 'not-yet-valid'
  /** Whole days until it expires; 0 on the last day and after. */
  readonly daysLeft: number
}

const dayMs = 86_400_000
/** So many days before its end a certificate's renewal is `soon`, and `urgent`. */
export const soonDays = 60
export const urgentDays = 14

/** All instants are in epoch milliseconds. */
export function certificateExpiry(
  certificate: { readonly validFrom: number; readonly validUntil: number },
  now: number,
): CertificateExpiry {
  const leftMs = certificate.validUntil - now
  const daysLeft = Math.max(0, Math.floor(leftMs / dayMs))
  if (leftMs <= 0) return { level: 'expired', daysLeft }
  if (certificate.validFrom > now) return { level: 'not-yet-valid', daysLeft }
  if (leftMs <= urgentDays * dayMs) return { level: 'urgent', daysLeft }
  return { level: leftMs <= soonDays * dayMs ? 'soon' : 'good', daysLeft }
}

/** A certificate as the page shows it. */
export function certificateFacts(
  certificate: { readonly serial: string; readonly validFrom: number; readonly validUntil: number },
  now: number,
): CertificateFacts {
  const { serial, validUntil } = certificate
  return { serial, validUntil, ...certificateExpiry(certificate, now) }
}
