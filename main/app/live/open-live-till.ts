import type { CodeWrapping } from '../../contract/code-wrapping.ts'
import { existsSync } from 'node:fs'
import { err, ok, type Result } from '../../contract/result.ts'
import type { CertificateNotice, Obstacle, ObstacleCode } from '../../contract/obstacle.ts'
import { openCertificateCache } from '../../credentials/certificate-cache-file.ts'
import { certificateExpiry } from '../../credentials/certificate-expiry.ts'
import { createCredentialSource } from '../../credentials/credential-source.ts'
import { certificateInForce, type Profile } from '../../credentials/profile.ts'
import { readOrCreateDataKey } from '../../keychain/data-key.ts'
import type { SecretFault } from '../../keychain/secret-store.ts'
import { openStore } from '../../store/store.ts'
import { createBackupInspection } from './backup-inspection.ts'
import { createVerifiedTimeMemory } from './verified-time.ts'
import { createLiveGateway, type LiveNetwork } from './live-gateway.ts'
import { liveHandOverParty } from './live-hand-over-party.ts'
import type { LivePlace } from './live-place.ts'
import type { ClosedTill, OpenTill } from '../open-till.ts'
import { assembleTill } from '../assemble-till.ts'
import { openRecoveryKeeper } from '../recovery-keeper.ts'

interface LiveOptions {
  readonly place: LivePlace
  readonly network: LiveNetwork
  readonly wrapping: () => CodeWrapping
  readonly onForget: (before: number) => void
  readonly onFault: (cause: unknown) => void
}

/**
 * Opens the till for real coupons. Fails with the obstacle when the keychain does not work, a key is missing, or the
 * records cannot be opened: a till without them would take scans that it can neither store safely nor send.
 */
export async function openLiveTill(options: LiveOptions): Promise<Result<OpenTill, ClosedTill>> {
  const { place } = options
  const { profiles, clock } = place
  const profile = profiles.get()
  if (profile === null)
    return closed(profiles.damagedFile() === null ? 'not-provisioned' : 'settings-damaged')
  const notice = (): CertificateNotice => noticeOf(profiles.get() ?? profile, clock())
  const probed = await place.secrets.probe()
  if (!probed.ok) return closed(obstacleOf(probed.error).code)
  const dataKey = await readDataKey(place)
  if (!dataKey.ok) return closed(dataKey.error.code)
  const recovery = await openRecoveryKeeper(place.secrets)
  if (!recovery.ok) return closed(obstacleOf(recovery.error).code)
  const credentials = createCredentialSource(place)
  const current = await credentials.current()
  if (!current.ok) {
    await credentials.close()
    return closed(current.error.code, notice())
  }

  const opened = openStore({ file: place.databaseFile, dataKey: dataKey.value })
  if (!opened.ok) {
    options.onFault(new Error(`store: ${opened.error.code}`, opened.error))
    await credentials.close()
    return closed(`records-${opened.error.code}`, notice())
  }
  const store = opened.value
  const cache = openCertificateCache(place.folder, options.onFault)
  const verifiedTime = createVerifiedTimeMemory(store.verifiedTime, options.onFault)
  const gateway = createLiveGateway(profile, credentials, options.network, {
    certificateCache: cache,
    verifiedTime,
  })
  // Not awaited, because the till opens without a network too.
  gateway.prepare().catch(options.onFault)
  const { till, shop, records, forgetBefore, stop } = assembleTill({
    gateway,
    store,
    recovery: recovery.value,
    tillId: profile.tillId,
    appid: profile.appid,
    wrapping: options.wrapping,
    onForget: options.onForget,
    onFault: options.onFault,
  })
  return ok({
    mode: 'live',
    till,
    shop,
    records,
    keyStorage: 'keychain',
    training: null,
    isAuditIntact: () => store.audit.isIntact(),
    clock: () => gateway.clockSkew(),
    rescue: store.rescue,
    certificate: notice,
    handOverParty: liveHandOverParty(profile, place, credentials),
    backup: {
      tillId: profile.tillId,
      databaseFile: place.databaseFile,
      backUp: (file) => store.backUp(file),
      forgetBefore,
      ...createBackupInspection(place.databaseFile, store),
    },
    close: async () => {
      stop()
      await gateway.close()
      await credentials.close()
      verifiedTime.flush()
      store.close()
    },
  })
}

/** Whether this computer has been set up as a live till, even if its settings are damaged now. */
export function isLive({ profiles }: Pick<LivePlace, 'profiles'>): boolean {
  return profiles.get() !== null || profiles.damagedFile() !== null
}

/**
 * Creates a key only where there is no database yet: nothing in an existing one could be decrypted with another key.
 */
async function readDataKey({
  secrets,
  databaseFile,
}: LivePlace): Promise<Result<Uint8Array, Obstacle>> {
  const stored = await secrets.read('data-key')
  if (stored.ok && stored.value === null && existsSync(databaseFile))
    return err({ code: 'data-key-missing' })
  const key = await readOrCreateDataKey(secrets)
  return key.ok ? key : err(obstacleOf(key.error))
}

function obstacleOf({ code }: SecretFault): Obstacle {
  return { code: code === 'locked' ? 'keychain-locked' : 'keychain-unavailable' }
}

/** The notice about the certificate in force at `now`, epoch milliseconds. */
function noticeOf(profile: Profile, now: number): CertificateNotice {
  const certificate = certificateInForce(profile, now)
  const { signing } = profile
  const next = signing.kind === 'keychain' ? signing.next : null
  const isNextStaged = next !== null && next.serial !== certificate.serial
  return { serial: certificate.serial, ...certificateExpiry(certificate, now), isNextStaged }
}

function closed(
  code: ObstacleCode,
  certificate: CertificateNotice | null = null,
): Result<never, ClosedTill> {
  return err({ mode: 'live', code, certificate })
}
