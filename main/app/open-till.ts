import type { BackupPassword } from '../backup/backup-password.ts'
import type { BackupSource } from '../backup/daily-backups.ts'
import type { ChainView } from '../contract/chain.ts'
import type { Result } from '../contract/result.ts'
import type { BackupFacts, RestoreFault } from '../contract/upkeep.ts'
import type { CertificateNotice, ObstacleCode } from '../contract/obstacle.ts'
import type { Decommissioned } from '../contract/decommission.ts'
import type { Issuer } from '../contract/paper-text.ts'
import type { Owner } from '../contract/owner.ts'
import type { AppSnapshot, SampleCoupon } from '../contract/snapshot.ts'
import type { HandOverParty } from './hand-over-party.ts'
import type { Records } from './records.ts'
import type { AuditEvent, PersonAct } from '../redemption/audit-entry.ts'
import type { PosStore } from '../redemption/pos-store.ts'
import type { Till } from '../redemption/till.ts'
import type { BackupContent } from '../store/backup.ts'
import type { Shop } from '../shop/shop.ts'

/** What a person can do with the stand-in for WeChat Pay while training. */
export interface TrainingControls {
  /** Whether the stand-in can be reached. */
  network(): 'up' | 'cut'
  samples(): Promise<SampleCoupon[]>
  /** Replaces the sample coupons by new ones and returns those. */
  renewSamples(): Promise<SampleCoupon[]>
  setNetwork(network: 'up' | 'cut'): Promise<void>
}

/** `tampered`: changed since they were last believed, so that the till has to stop for an owner. */
export type RecordsCheck = 'intact' | 'broken' | 'tampered'

/** A till of either mode, ready to start. */
export interface OpenTill {
  readonly mode: AppSnapshot['mode']
  /** As whom it redeems: what its papers are headed with. */
  readonly identity: Pick<Issuer, 'merchantId' | 'tillId'>
  readonly till: Till
  readonly shop: Shop
  readonly records: Records
  /** What is kept for the program of a POS. */
  readonly posStore: PosStore
  readonly keyStorage: AppSnapshot['keyStorage']
  /** `null` in live mode. */
  readonly training: TrainingControls | null
  /** Reads all records; resolves to `broken` where something else than the till has changed them. */
  checkRecords(): Promise<RecordsCheck>
  /** A scan is about to come: has a connection ready for it, and sends nothing. */
  expectScan(): void
  /** How far this computer's clock is off. */
  clock(): AppSnapshot['clock']
  readonly rescue: AppSnapshot['rescue']
  /** The merchant certificate and how long it is valid; `null` in training. */
  certificate(): CertificateNotice | null
  /** The servers, other than WeChat Pay's own, that it sends coupons to. */
  readonly foreignHosts: readonly string[]
  /** Its place among the tills of its shop; `null` on a till alone. */
  readonly chain: { view(): ChainView; leave(): Promise<boolean> } | null
  /** Writes an act of a person into the audit trail. A disk that refuses is reported, and no fault of the act. */
  noteAct(act: PersonAct & { readonly event: AuditEvent }): void
  /** As whom it hands over, and whose files it takes. */
  readonly handOverParty: HandOverParty
  /** `null` in training, whose records are not backed up. */
  readonly backup: BackedUpTill | null
  close(): Promise<void>
}

export type InspectedBackup = Pick<BackupFacts, 'redemptionsHere'> & BackupContent

export interface BackedUpTill extends BackupSource {
  readonly password: BackupPassword
  /** How many redemptions it has, and whose. */
  holds(): { readonly redemptions: number; readonly merchantId: string }
  /** Where `inspect` copies the file to that it looks into. */
  readonly copiedFile: string
  /** What restoring this file would bring back, and what it would replace. Fails when it cannot be restored here. */
  inspect(file: string): Promise<Result<InspectedBackup, RestoreFault>>
  /** The same of the file that was copied last. */
  inspectAgain(): Promise<Result<InspectedBackup, RestoreFault>>
  /** Tells the keychain that the till will go on with this backup. Fails when the keychain does not take that. */
  announce(backup: InspectedBackup): Promise<Result<null, RestoreFault>>
}

/** Why no till could be opened. */
export interface ClosedTill {
  readonly mode: AppSnapshot['mode']
  readonly code: ObstacleCode
  /** Whose PIN is asked for where an owner has to decide. */
  readonly owners: readonly Owner[]
  /** `null` in training, and where no certificate is known. */
  readonly certificate: CertificateNotice | null
  /** What this computer was, where that is the obstacle. */
  readonly decommissioned?: Decommissioned
}
