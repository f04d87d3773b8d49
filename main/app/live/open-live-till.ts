import type { CodeWrapping } from '../../contract/code-wrapping.ts'
import { existsSync } from 'node:fs'
import { err, ok, type Result } from '../../contract/result.ts'
import type { CertificateNotice, ObstacleCode } from '../../contract/obstacle.ts'
import type { BackupFacts, RestoreFault } from '../../contract/upkeep.ts'
import { openCertificateCache } from '../../credentials/certificate-cache-file.ts'
import { certificateExpiry } from '../../credentials/certificate-expiry.ts'
import { createCredentialSource } from '../../credentials/credential-source.ts'
import { certificateInForce, type Profile } from '../../credentials/profile.ts'
import { readOrCreateDataKey } from '../../keychain/data-key.ts'
import { readBackup } from '../../store/backup.ts'
import { openStore, type Store } from '../../store/store.ts'
import { createLiveGateway, type LiveNetwork } from './live-gateway.ts'
import type { LivePlace } from './live-place.ts'
import type { ClosedTill, OpenTill } from '../open-till.ts'
import { assembleTill } from '../assemble-till.ts'

interface LiveOptions {
  readonly place: LivePlace
  readonly network: LiveNetwork
  readonly wrapping: () => CodeWrapping
  readonly onFault: (cause: unknown) => void
}

/**
 * The till for real coupons, or the obstacle before it. It opens only with a keychain that works and keys that are
 * there: half a till would take scans that it can neither keep safe nor send.
 */
export async function openLiveTill(options: LiveOptions): Promise<Result<OpenTill, ClosedTill>> {
  const { place } = options
  const { profiles, clock } = place
  const profile = profiles.get()
  if (profile === null)
    return closed(profiles.setAside() === null ? 'not-provisioned' : 'settings-damaged')
  const notice = (): CertificateNotice => noticeOf(profiles.get() ?? profile, clock())
  const probed = await place.secrets.probe()
  if (!probed.ok)
    return closed(probed.error.code === 'locked' ? 'keychain-locked' : 'keychain-unavailable')
  const dataKey = await readDataKey(place)
  if (!dataKey.ok) return closed(dataKey.error)
  const credentials = createCredentialSource(place)
  const current = await credentials.current()
  if (!current.ok) {
    await credentials.close()
    return closed(current.error, notice())
  }

  const opened = openStore({ file: place.databaseFile, dataKey: dataKey.value })
  if (!opened.ok) {
    options.onFault(new Error(`store: ${opened.error.code}`, opened.error))
    await credentials.close()
    return closed(`records-${opened.error.code}`, notice())
  }
  const store = opened.value
  const cache = openCertificateCache(place.folder, options.onFault)
  const gateway = createLiveGateway(profile, credentials, options.network, cache)
  // Not waited for: the till opens without a line too.
  gateway.prepare().catch(options.onFault)
  const { till, shop, records, stop } = assembleTill({
    gateway,
    store,
    tillId: profile.tillId,
    appid: profile.appid,
    wrapping: options.wrapping,
    onFault: options.onFault,
  })
  return ok({
    mode: 'live',
    till,
    shop,
    records,
    keyStorage: 'keychain',
    controls: null,
    isAuditIntact: () => store.audit.isIntact(),
    clock: () => gateway.clockSkew(),
    rescue: store.rescue,
    certificate: notice,
    backup: {
      tillId: profile.tillId,
      databaseFile: place.databaseFile,
      backUp: (file) => store.backUp(file),
      look: (file) => lookAtBackup(file, store),
    },
    close: async () => {
      stop()
      await gateway.close()
      await credentials.close()
      store.close()
    },
  })
}

/** Whether this computer is a live till: it has been provisioned, even if its settings do not open now. */
export function isLive({ profiles }: Pick<LivePlace, 'profiles'>): boolean {
  return profiles.get() !== null || profiles.setAside() !== null
}

/** A key is made for a new database alone: for one that is there, another key opens nothing. */
async function readDataKey({
  secrets,
  databaseFile,
}: LivePlace): Promise<Result<Uint8Array, ObstacleCode>> {
  const kept = await secrets.read('data-key')
  if (kept.ok && kept.value === null && existsSync(databaseFile)) return err('data-key-missing')
  const key = await readOrCreateDataKey(secrets)
  if (key.ok) return key
  return err(key.error.code === 'locked' ? 'keychain-locked' : 'keychain-unavailable')
}

function noticeOf(profile: Profile, now: number): CertificateNotice {
  const certificate = certificateInForce(profile, now)
  const { signing } = profile
  const next = signing.kind === 'keychain' ? signing.next : null
  const isNextStaged = next !== null && next.serial !== certificate.serial
  return { serial: certificate.serial, ...certificateExpiry(certificate, now), isNextStaged }
}

/** Whatever is open here would be lost with the records that are put aside. */
function lookAtBackup(file: string, store: Store): Result<Omit<BackupFacts, 'name'>, RestoreFault> {
  if (store.open.undecided().length > 0) return err('open-here')
  const read = readBackup(file, store.keyId)
  if (!read.ok) return read
  return ok({ ...read.value, redemptionsHere: store.redemptions.count() })
}

function closed(
  obstacle: ObstacleCode,
  certificate: CertificateNotice | null = null,
): Result<never, ClosedTill> {
  return err({ mode: 'live', obstacle, certificate })
}
