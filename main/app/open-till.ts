import type { BackupSource } from '../backup/daily-backups.ts'
import type { Result } from '../contract/result.ts'
import type { BackupFacts, RestoreFault } from '../contract/upkeep.ts'
import type { CertificateNotice, ObstacleCode } from '../contract/obstacle.ts'
import type { AppSnapshot, SampleCoupon } from '../contract/snapshot.ts'
import type { Records } from './records.ts'
import type { Till } from '../redemption/till.ts'
import type { Shop } from '../shop/shop.ts'

export interface TrainingControls {
  readonly network: 'up' | 'cut'
  samples(): Promise<SampleCoupon[]>
  renewSamples(): Promise<SampleCoupon[]>
  setNetwork(network: 'up' | 'cut'): Promise<void>
}

/** A till of either mode, put together and ready to start. */
export interface OpenTill {
  readonly mode: AppSnapshot['mode']
  readonly till: Till
  readonly shop: Shop
  readonly records: Records
  readonly keyStorage: AppSnapshot['keyStorage']
  /** Absent in live mode. */
  readonly controls: TrainingControls | null
  isAuditIntact(): Promise<boolean>
  /** How far this computer's clock is off. */
  clock(): AppSnapshot['clock']
  readonly rescue: AppSnapshot['rescue']
  /** Of live mode: the merchant certificate as it stands now. */
  certificate(): CertificateNotice | null
  /** `null` in training: practice is not kept. */
  readonly backup: BackedUpTill | null
  close(): Promise<void>
}

export interface BackedUpTill extends BackupSource {
  /** What a backup would bring back here. */
  look(file: string): Result<Omit<BackupFacts, 'name'>, RestoreFault>
}

/** A till that cannot work, and why. There is no till behind it, so nothing can be redeemed by mistake. */
export interface ClosedTill {
  readonly mode: AppSnapshot['mode']
  readonly obstacle: ObstacleCode
  readonly certificate: CertificateNotice | null
}
