import type { CodeWrapping } from '../../contract/code-wrapping.ts'
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { err, ok, type Result } from '../../contract/result.ts'
import type { CertificateNotice, Obstacle, ObstacleCode } from '../../contract/obstacle.ts'
import type { MismatchCode } from '../../contract/mismatch.ts'
import type { Owner } from '../../contract/owner.ts'
import { openCertificateCache } from '../../credentials/certificate-cache-file.ts'
import { certificateExpiry } from '../../credentials/certificate-expiry.ts'
import { createCredentialSource } from '../../credentials/credential-source.ts'
import { certificateInForce, type Profile } from '../../credentials/profile.ts'
import { readOrCreateDataKey } from '../../keychain/data-key.ts'
import type { SecretFault } from '../../keychain/secret-store.ts'
import { openStore } from '../../store/store.ts'
import { decommissioned, forgetDecommissioned } from './decommission-mark.ts'
import { anchorStore } from './checked-store.ts'
import type { MismatchDesk } from './mismatch-desk.ts'
import type { OwnerCheck } from './owner-check.ts'
import { openBackupPassword } from '../../backup/backup-password.ts'
import { createBackupInspection } from './backup-inspection.ts'
import { backUpTo } from './back-up-to.ts'
import { withContactFile } from './contact-file.ts'
import { anchoredChain, chainDigest } from './chain-files.ts'
import { createVerifiedTimeMemory } from './verified-time.ts'
import { createLiveGateway, type LiveNetwork } from './live-gateway.ts'
import { foreignHosts } from './foreign-hosts.ts'
import { openShopChain } from './shop-chain.ts'
import { liveHandOverParty } from './live-hand-over-party.ts'
import type { LivePlace } from './live-place.ts'
import type { ClosedTill, OpenTill } from '../open-till.ts'
import { assembleTill } from '../assemble-till.ts'
import { openRecoveryKeeper } from '../recovery-keeper.ts'

interface LiveOptions {
  readonly place: LivePlace
  readonly network: LiveNetwork
  readonly wrapping: () => CodeWrapping
  /** Whether a cashier can see what the counter says. */
  readonly isCounterInFront: () => boolean
  readonly onForget: (before: number) => void
  readonly onFault: (cause: unknown) => void
  readonly mismatches: Pick<MismatchDesk, 'takenBy' | 'foundLater'>
  readonly ownerCheck: Pick<OwnerCheck, 'owners' | 'askInstead'>
}

/** How often the keychain is told how far the records have come, where nothing else has told it. */
const advanceMs = 60_000
/** How long closing waits for a keychain. */
const patienceMs = 3000

/**
 * Opens the till for real coupons. Fails with the obstacle when the keychain does not work, a key is missing, or the
 * records cannot be opened: a till without them would take scans that it can neither store safely nor send.
 */
export async function openLiveTill(options: LiveOptions): Promise<Result<OpenTill, ClosedTill>> {
  const { place, mismatches, ownerCheck } = options
  const { profiles, clock, anchor } = place
  const profile = profiles.get()
  const was = profile === null ? decommissioned(place) : null
  if (was !== null)
    return err({
      mode: 'live',
      code: 'decommissioned',
      certificate: null,
      owners: [],
      decommissioned: was,
    })
  if (profile === null)
    return closed(profiles.damagedFile() === null ? 'not-provisioned' : 'settings-damaged')
  const notice = (): CertificateNotice => noticeOf(profiles.get() ?? profile, clock())
  const probed = await place.secrets.probe()
  if (!probed.ok) return closed(obstacleOf(probed.error).code)
  const dataKey = await readDataKey(place)
  if (!dataKey.ok) {
    await anchor.read()
    return closed(dataKey.error.code, null, ownerCheck.owners())
  }
  const read = await anchor.read()
  if (!read.ok) {
    const { code } = read.error
    if (code !== 'unreadable') return closed(obstacleOf({ code }).code)
  }
  const known = read.ok ? read.value : null
  ownerCheck.askInstead(null)
  const stopAt = (code: MismatchCode) => closed(code, notice(), ownerCheck.owners())
  const profileDigest = profiles.digest() ?? ''
  if (known !== null && !known.profile.includes(profileDigest)) {
    if (mismatches.takenBy('tampered-profile') === null) return stopAt('tampered-profile')
    await anchor.change((present) => ({ ...present, profile: [profileDigest] }))
  }
  const chainNow = chainDigest(place.folder)
  if (known !== null && !anchoredChain(known).includes(chainNow)) {
    if (mismatches.takenBy('tampered-chain') === null) return stopAt('tampered-chain')
    await anchor.change((present) => ({ ...present, chain: [chainNow] }))
  }
  const recovery = await openRecoveryKeeper(place.secrets)
  if (!recovery.ok) return closed(obstacleOf(recovery.error).code)
  const password = await openBackupPassword(place.secrets, dataKey.value)
  if (!password.ok) return closed(obstacleOf(password.error).code)
  const credentials = createCredentialSource(place)
  const current = await credentials.current()
  if (!current.ok) {
    await credentials.close()
    const { code } = current.error
    const isMoving = code === 'credentials-missing' && known !== null && known.restoring !== null
    return closed(isMoving ? 'moved-here' : code, notice())
  }

  const rebuild = mismatches.takenBy('schema-changed') !== null
  const opened = openStore({ file: place.databaseFile, dataKey: dataKey.value, rebuild })
  if (!opened.ok) {
    options.onFault(new Error(`store: ${opened.error.code}`, opened.error))
    await credentials.close()
    const { code } = opened.error
    return code === 'schema-changed' ? stopAt(code) : closed(`records-${code}`, notice())
  }
  const store = opened.value
  const anchored = await anchorStore({
    store,
    anchor,
    known: known && anchor.current(),
    profileDigest,
    chainDigest: chainNow,
    foundLater: rebuild ? 'schema-changed' : mismatches.foundLater(),
    takenBy: (code) => mismatches.takenBy(code),
    clock,
  })
  if (!anchored.ok) {
    store.close()
    await credentials.close()
    ownerCheck.askInstead(anchored.error.owners)
    return stopAt(anchored.error.code)
  }
  forgetDecommissioned(place)
  const { advance, accepted } = anchored.value
  const advanceSoon = (): void => void advance().catch(options.onFault)
  store.shopSeal.onChanged(advanceSoon)
  let advancedRows = store.audit.rows()
  const advancing = setInterval(() => {
    if (store.audit.rows() === advancedRows) return
    advancedRows = store.audit.rows()
    advanceSoon()
  }, advanceMs)
  advancing.unref()
  const cache = openCertificateCache(place.folder, options.onFault)
  const verifiedTime = createVerifiedTimeMemory(
    store.verifiedTime,
    options.onFault,
    known?.verifiedMs ?? null,
  )
  const gateway = createLiveGateway(profile, credentials, options.network, {
    certificateCache: cache,
    verifiedTime,
  })
  // Not awaited, because the till opens without a network too.
  gateway.prepare().catch(options.onFault)
  // A file that is there and does not fit must not keep a till from redeeming: it goes on as a till alone, and says so.
  const chain = await openShopChain({
    place,
    tillId: profile.tillId,
    store,
    onFault: options.onFault,
  })
  const { till, shop, records, noteAct, forgetBefore, stop } = assembleTill({
    gateway,
    shopLock: chain?.lock ?? null,
    store: { ...store, lastContact: withContactFile(store.lastContact, place.folder) },
    recovery: recovery.value,
    practice: null,
    tillId: profile.tillId,
    appid: profile.appid,
    wrapping: options.wrapping,
    isCounterInFront: options.isCounterInFront,
    onForget: options.onForget,
    onFault: options.onFault,
  })
  chain?.join(till)
  return ok({
    mode: 'live',
    identity: { merchantId: profile.merchantId, tillId: profile.tillId },
    till,
    shop,
    records,
    posStore: store.pos,
    keyStorage: 'keychain',
    training: null,
    async checkRecords() {
      const isIntact = await store.audit.isIntact()
      const fits = isIntact || (accepted !== null && (await store.audit.isIntact(accepted)))
      if (!fits || !(await store.rowCheck.fits(accepted?.id ?? 0))) return 'tampered'
      return isIntact ? 'intact' : 'broken'
    },
    expectScan: () => gateway.expectRequest(),
    clock: () => gateway.clockSkew(),
    rescue: store.rescue,
    certificate: notice,
    foreignHosts: foreignHosts(profile.hosts),
    chain,
    noteAct,
    handOverParty: liveHandOverParty(profile, place, credentials),
    backup: {
      tillId: profile.tillId,
      databaseFile: place.databaseFile,
      password: password.value,
      holds: () => ({ redemptions: store.redemptions.count(), merchantId: profile.merchantId }),
      ending: () => (password.value.escrow() === null ? '.db' : '.hxbackup'),
      backUp: (file) =>
        backUpTo(file, { place, store, dataKey: dataKey.value, escrow: password.value.escrow() }),
      forgetBefore,
      ...createBackupInspection(place.databaseFile, store, dataKey.value),
      async announce({ end }) {
        const announced = await anchor.change((present) => ({ ...present, restoring: end }))
        return announced.ok ? announced : err({ code: 'not-written' })
      },
    },
    close: async () => {
      clearInterval(advancing)
      stop()
      await chain?.close()
      await gateway.close()
      await credentials.close()
      verifiedTime.flush()
      await Promise.race([advance(), setTimeout(patienceMs, undefined, { ref: false })])
      store.close()
    },
  })
}

/** Whether this computer has been set up as a live till, even if its settings are damaged now. */
export function isLive({
  profiles,
  databaseFile,
  folder,
}: Pick<LivePlace, 'profiles' | 'databaseFile' | 'folder'>): boolean {
  const hasSettings = profiles.get() !== null || profiles.damagedFile() !== null
  // With its records still there, somebody has removed the settings: practice would ask nobody.
  return hasSettings || existsSync(databaseFile) || decommissioned({ folder }) !== null
}

/**
 * Creates a key only where there is no database yet: nothing in an existing one could be decrypted with another key.
 */
async function readDataKey({
  secrets,
  databaseFile,
}: LivePlace): Promise<Result<Uint8Array, Pick<Obstacle, 'code'>>> {
  const stored = await secrets.read('data-key')
  if (stored.ok && stored.value === null && existsSync(databaseFile))
    return err({ code: 'data-key-missing' })
  const key = await readOrCreateDataKey(secrets)
  return key.ok ? key : err(obstacleOf(key.error))
}

function obstacleOf({ code }: Pick<SecretFault, 'code'>): Pick<Obstacle, 'code'> {
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
  owners: readonly Owner[] = [],
): Result<never, ClosedTill> {
  return err({ mode: 'live', code, certificate, owners })
}
