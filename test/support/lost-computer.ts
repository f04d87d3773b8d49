import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { Provisioning } from '../../main/credentials/provision.ts'
import { type ControlClient, createControlClient } from '../../main/training/control-client.ts'
import { startStandIn } from '../../main/training/stand-in.ts'
import { AnchoredTill } from './anchored-till.ts'
import { createMerchantMaterial, type MerchantMaterial } from './merchant-material.ts'
import { amend, pendingRedemption } from './store-fixture.ts'

export const backupPassword = '雨后 tulip-stapler 七点'

const dayMs = 86_400_000

/** A shop's till, WeChat Pay's stand-in behind a socket, and a stick that outlives the computer. */
export class LostComputer {
  readonly control: ControlClient
  readonly old: AnchoredTill
  readonly stick: string
  readonly material: MerchantMaterial
  readonly settings: Partial<Provisioning>

  private constructor(
    parts: Pick<LostComputer, 'control' | 'old' | 'stick' | 'material' | 'settings'>,
  ) {
    this.control = parts.control
    this.old = parts.old
    this.stick = parts.stick
    this.material = parts.material
    this.settings = parts.settings
  }

  /** With staff, an open shift, a week of settled redemptions and a password for backups. Removed after the test. */
  static async open(): Promise<LostComputer> {
    const standIn = await startStandIn()
    onTestFinished(() => standIn.close())
    const control = createControlClient(standIn.controlOrigin)
    const material = await createMerchantMaterial()
    const enrolled = await control.enrol({ certificatePem: material.certificatePem })
    const settings = {
      merchantId: enrolled.mchid,
      appid: enrolled.appid,
      tillId: 'A7',
      publicKey: { id: enrolled.publicKeyId, pem: enrolled.publicKeyPem },
      hosts: [enrolled.origin],
    }
    const old = await AnchoredTill.make(material, settings)
    onTestFinished(() => old.dispose())
    const stick = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-stick-'))
    onTestFinished(() => rmSync(stick, { recursive: true }))
    const shop = new LostComputer({ control, old, stick, material, settings })
    await opened(old)
    await old.hire()
    old.shop.shifts.open('小陈')
    await old.close()
    await shop.#trade()
    await opened(old)
    const set = await old.open?.backup?.password.set(backupPassword)
    if (set?.ok !== true) throw new Error('no password was set')
    return shop
  }

  async #trade(): Promise<void> {
    const now = Date.now()
    await this.old.write((store) => {
      for (let number = 1; number <= 70; number += 1) {
        const at = now - 7 * dayMs + number * 8_000_000
        const waiting = pendingRedemption(number, { recordedAt: at })
        store.redemptions.insert(waiting, { at, event: 'recorded', evidence: null })
        const redeemed = { ...waiting, state: 'redeemed' as const, settledAt: at + 400 }
        amend(store, redeemed, { at: at + 400, event: 'redeemed', evidence: null })
      }
    })
  }

  /** Coupons that nobody has used. */
  async coupons(count: number): Promise<string[]> {
    const codes: string[] = []
    while (codes.length < count) {
      const samples = await this.control.renewSamples({})
      codes.push(...samples.filter(({ kind }) => kind === 'valid').map(({ code }) => code))
    }
    return codes.slice(0, count)
  }

  /** Returns the path of a backup on the stick. */
  async backUp(name = 'newest.hxbackup'): Promise<string> {
    const file = path.join(this.stick, name)
    await this.old.open?.backup?.backUp(file)
    return file
  }

  /** Another computer, on which nothing was set up. */
  another(): AnchoredTill {
    const till = AnchoredTill.bare()
    onTestFinished(() => till.dispose())
    return till
  }

  /** Sets the merchant's keys up there, as its owner does from the merchant platform. */
  giveKeys(till: AnchoredTill, change: Partial<Provisioning> = {}): Promise<void> {
    return till.setUp(this.material, { ...this.settings, ...change })
  }

  /** How often each of these was redeemed at WeChat Pay. */
  async effects(codes: readonly string[]): Promise<number[]> {
    const { effects } = await this.control.ledger({})
    return codes.map((code) => effects.filter((effect) => effect.code === code).length)
  }
}

async function opened(till: AnchoredTill): Promise<void> {
  const started = await till.start()
  if (started !== 'open') throw new Error(started)
}

export async function scan({ till }: AnchoredTill, payload: string): Promise<string> {
  const verdict = await till.redeem({
    payload,
    source: 'scanned',
    cashier: '小陈',
    totalFen: null,
    stockId: null,
  })
  return verdict.tone
}

/** Resolves once nothing waits any more, whoever has to be asked for it. */
export async function settled(till: AnchoredTill): Promise<void> {
  till.till.start()
  till.till.syncNow()
  await expect
    .poll(() => till.till.state().queue, { timeout: 60_000 })
    .toMatchObject({
      waiting: 0,
    })
}
