import { certificateExpiry } from '../credentials/certificate-expiry.ts'
import { certificateInForce } from '../credentials/profile.ts'
import { checkCertificate, timeOf } from './checks.ts'
import { chainStatus } from './check-chain.ts'
import { checkSettings } from './doctor.ts'
import type { CommandPlace } from './place.ts'
import { checkBackup, checkQueue } from './check-upkeep.ts'
import { decommissioned } from '../app/live/decommission-mark.ts'
import { readContactFile } from '../app/live/contact-file.ts'
import { createCheckWriter, createReport, type Report } from './report.ts'

interface StatusReport extends Report {
  /** The settings of the till, for scripts. Never a secret. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** Reports how this till is set up and what waits in it, without asking keychain or network. */
export function runStatus(place: CommandPlace): StatusReport {
  const { profiles, clock, language, queueCounts } = place
  const write = createCheckWriter(language)
  const profile = profiles.get()
  const checks = [checkSettings(place, write)]
  if (profile === null) {
    const mode = decommissioned(place) === null ? 'training' : 'decommissioned'
    const facts = { provisioned: false, mode, version: place.version }
    return { ...createReport('status', checks), facts }
  }
  checks.push(...checkCertificate(profile, clock(), write))
  checks.push(...chainStatus(place, write))
  const queue = queueCounts()
  const now = clock()
  const contactAt = readContactFile(place.folder)
  const contact = contactAt === null ? '' : timeOf(contactAt)
  checks.push(
    checkQueue(queue, now, write),
    checkBackup(place, write),
    write.line('contact', 'ok', contactAt === null ? 'contact-never' : 'contact-at', {
      at: contact,
    }),
    write.line('version', 'ok', 'version-is', { version: place.version }),
  )
  const { merchantId, appid, tillId, signing, hosts, proxy, authorities, publicKey, hasApiV3Key } =
    profile
  const certificate = certificateInForce(profile, clock())
  const facts = {
    provisioned: true,
    mode: 'live',
    merchantId,
    appid,
    tillId,
    signing: signing.kind,
    serial: certificate.serial,
    expiresAt: new Date(certificate.validUntil).toISOString(),
    ...certificateExpiry(certificate, clock()),
    nextSerial: signing.kind === 'keychain' ? (signing.next?.serial ?? null) : null,
    publicKeyId: publicKey?.id ?? null,
    hasApiV3Key,
    hosts,
    proxy,
    authorities,
    queue,
    version: place.version,
    lastContactAt: isoOf(contactAt),
    oldestAt: isoOf(queue.oldestAt),
    backup: { ...place.backup, lastAt: isoOf(place.backup.lastAt) },
  }
  return { ...createReport('status', checks), facts }
}

function isoOf(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}
