import Database from 'better-sqlite3'
import { closeSync, copyFileSync, cpSync, existsSync, openSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { OpenTill } from '../../main/app/open-till.ts'
import { finishDecommission } from '../../main/app/live/decommission-mark.ts'
import { finishArrival } from '../../main/app/live/finish-arrival.ts'
import { createMismatchDesk } from '../../main/app/live/mismatch-desk.ts'
import { type Arrival, createArrival, type Here } from '../../main/app/live/arrival.ts'
import { isLive, openLiveTill } from '../../main/app/live/open-live-till.ts'
import { createOwnerCheck, type OwnerCheck } from '../../main/app/live/owner-check.ts'
import type { ObstacleCode } from '../../main/contract/obstacle.ts'
import { isMismatch } from '../../main/contract/mismatch.ts'
import { initialPreferences } from '../../main/contract/preferences.ts'
import { provision, type Provisioning } from '../../main/credentials/provision.ts'
import { readOrCreateDataKey } from '../../main/keychain/data-key.ts'
import type { RestoreFault } from '../../main/contract/upkeep.ts'
import type { Till } from '../../main/redemption/till.ts'
import { scryptPins } from '../../main/shop/pin-hasher.ts'
import type { Store } from '../../main/store/store.ts'
import { keeperOf, type LivePlace, openLivePlace, provisioningOf } from './live-place.ts'
import type { MerchantMaterial } from './merchant-material.ts'
import { openTestStore } from './open-test-store.ts'
import { pendingRedemption } from './store-fixture.ts'

const secretNames = [
  'merchant-private-key',
  'api-v3-key',
  'secrets-file-key',
  'data-key',
  'till-anchor',
  'backup-escrow',
  'owner-recovery',
] as const

export const ownerPin = '2580'
export const cashierPin = '8246'

/** A live till's folder and keychain, and whatever somebody does to the folder while the till is closed. */
export class AnchoredTill {
  place: LivePlace & { readonly databaseFile: string }
  readonly faults: unknown[] = []
  readonly #mismatches = createMismatchDesk()
  /** Running time, milliseconds. */
  elapsed = 0
  owner: OwnerCheck
  open: OpenTill | null = null
  #shown: ObstacleCode | null = null
  #arrival: Arrival | null = null

  private constructor(place: LivePlace) {
    this.place = { ...place, databaseFile: path.join(place.folder, 'till.db') }
    this.owner = this.#ownerCheck()
  }

  static async make(
    material: MerchantMaterial,
    change: Partial<Provisioning> = {},
  ): Promise<AnchoredTill> {
    const till = AnchoredTill.bare()
    await till.setUp(material, change)
    return till
  }

  /** A computer that nobody has set up. */
  static bare(): AnchoredTill {
    return new AnchoredTill(openLivePlace())
  }

  async setUp(material: MerchantMaterial, change: Partial<Provisioning> = {}): Promise<void> {
    // Nobody listens there, so that nothing is ever verified.
    const given = { ...provisioningOf(material), hosts: ['http://127.0.0.1:9'], ...change }
    const done = await provision(given, this.place)
    if (!done.ok) throw new Error(done.error.code)
  }

  /** Another till like this closed one, with files and a keychain of its own. */
  async clone(): Promise<AnchoredTill> {
    const copy = new AnchoredTill(openLivePlace())
    cpSync(this.place.folder, copy.place.folder, { recursive: true })
    for (const name of secretNames) {
      const secret = await this.place.keychain.read(name)
      if (secret.ok && secret.value !== null) await copy.place.keychain.write(name, secret.value)
    }
    return copy
  }

  #ownerCheck(): OwnerCheck {
    return createOwnerCheck({
      anchor: this.place.anchor,
      pins: scryptPins,
      secrets: this.place.secrets,
      elapsed: () => this.elapsed,
    })
  }

  /** Starts the till; returns the obstacle before it, or `open`. */
  async start(): Promise<ObstacleCode | 'open'> {
    for (const finish of [finishDecommission, finishArrival]) {
      const finished = await finish(this.place)
      if (!finished.ok) throw new Error(finished.error.code)
    }
    const opened = await openLiveTill({
      place: this.place,
      network: { userAgent: 'test', resolveProxy: async () => 'DIRECT' },
      wrapping: () => initialPreferences.wrapping,
      onForget: () => undefined,
      isCounterInFront: () => true,
      onFault: (cause) => this.faults.push(cause),
      mismatches: this.#mismatches,
      ownerCheck: this.owner,
    })
    this.#mismatches.ended(opened.ok)
    this.open = opened.ok ? opened.value : null
    this.#shown = opened.ok ? null : opened.error.code
    return this.#shown ?? 'open'
  }

  /** Takes the backup of another computer with its password; returns what comes then, or the fault. */
  async takeOver(
    file: string,
    password: string,
  ): Promise<ObstacleCode | 'open' | RestoreFault['code']> {
    const taken = await this.arrival.take(file)
    if (!taken.ok) return taken.error.code
    const opened = await this.arrival.open(password)
    if (!opened.ok) return opened.error.code
    const decided = await this.arrival.decide()
    if (!decided.ok) return decided.error.code
    return this.restart()
  }

  get arrival(): Arrival {
    this.#arrival ??= createArrival({
      place: this.place,
      here: () => this.#here(),
      isOwnerThere: () => this.owner.isConfirmed(),
    })
    return this.#arrival
  }

  #here(): Here {
    const { open } = this
    if (open?.backup) return { kind: 'till', ...open.backup.holds() }
    if (this.#shown === 'data-key-missing') return { kind: 'keyless' }
    if (this.#shown === 'decommissioned') return { kind: 'nothing' }
    return isLive(this.place) ? { kind: 'closed' } : { kind: 'nothing' }
  }

  /** Starts the till and checks all its records, as the program does in the background. */
  async startAndCheck(): Promise<ObstacleCode | 'open'> {
    const started = await this.start()
    if (started !== 'open' || (await this.open?.checkRecords()) !== 'tampered') return started
    this.#mismatches.found('tampered-records')
    await this.close()
    return this.start()
  }

  async close(): Promise<void> {
    await this.open?.close()
    this.open = null
    await this.place.anchor.settled()
  }

  async restart(): Promise<ObstacleCode | 'open'> {
    await this.close()
    return this.start()
  }

  /** An owner passes the obstacle with their PIN; returns what comes then, or the fault. */
  async pass(pin: string): Promise<ObstacleCode | 'open' | 'refused'> {
    const [asked] = this.owner.owners()
    const confirmed = await this.owner.confirm(asked ? { id: asked.id, pin } : {})
    if (!confirmed.ok) return 'refused'
    const shown = this.#shown
    // As the application does: what was shown is taken, and nothing else.
    if (shown !== null) this.#mismatches.take(mismatch(shown), confirmed.value)
    return this.startAndCheck()
  }

  /** A new process on the same files and keychain. */
  newProcess(): void {
    this.place = { ...this.place, anchor: keeperOf(this.place.secrets) }
    this.owner = this.#ownerCheck()
    this.#arrival = null
  }

  get till(): Till {
    if (this.open === null) throw new Error('the till is not open')
    return this.open.till
  }

  get shop(): OpenTill['shop'] {
    if (this.open === null) throw new Error('the till is not open')
    return this.open.shop
  }

  async hire(): Promise<void> {
    const staff = [
      { name: '王芳', role: 'owner', pin: ownerPin },
      { name: '小陈', role: 'cashier', pin: cashierPin },
    ] as const
    for (const { name, role, pin } of staff) {
      const saved = await this.shop.staff.save({ id: null, name, role, pin })
      if (!saved.ok) throw new Error(saved.error.code)
    }
    await this.place.anchor.settled()
  }

  async hireAnother(): Promise<void> {
    const saved = await this.shop.staff.save({
      id: null,
      name: '小李',
      role: 'cashier',
      pin: '3691',
    })
    if (!saved.ok) throw new Error(saved.error.code)
    await this.place.anchor.settled()
  }

  /** Writes with the store as the till does, without the rest of the till. */
  async write(work: (store: Store) => void): Promise<void> {
    const key = await readOrCreateDataKey(this.place.secrets)
    if (!key.ok) throw new Error(key.error.code)
    const store = openTestStore(this.place.databaseFile, key.value)
    work(store)
    store.close()
  }

  record(...numbers: readonly number[]): Promise<void> {
    return this.write((store) => {
      for (const number of numbers) {
        const redemption = pendingRedemption(number)
        store.redemptions.insert(redemption, { at: number, event: 'recorded', evidence: null })
      }
    })
  }

  /** Somebody edits the file. */
  edit(sql: string): void {
    const database = new Database(this.place.databaseFile)
    database.exec(sql)
    database.close()
  }

  ask(sql: string): unknown[] {
    const database = new Database(this.place.databaseFile, { readonly: true })
    try {
      return database.prepare(sql).all()
    } finally {
      database.close()
    }
  }

  /** The disk damages the first page of a table's rows. */
  damage(table: string): void {
    const database = new Database(this.place.databaseFile)
    const page = `SELECT pageno FROM dbstat WHERE name = '${table}' AND pagetype = 'leaf' ORDER BY pageno`
    const pageno: unknown = database.prepare(page).pluck().get()
    const pageSize: unknown = database.pragma('page_size', { simple: true })
    database.pragma('wal_checkpoint(TRUNCATE)')
    database.close()
    const handle = openSync(this.place.databaseFile, 'r+')
    const length = Number(pageSize)
    writeSync(handle, Buffer.alloc(length, 0xff), 0, length, (Number(pageno) - 1) * length)
    closeSync(handle)
  }

  /** Copies the closed database. */
  copy(name: string): void {
    copyFileSync(this.place.databaseFile, this.#beside(name))
  }

  /** Puts a copy back in the place of the database. */
  putBack(name: string): void {
    this.remove()
    copyFileSync(this.#beside(name), this.place.databaseFile)
  }

  remove(): void {
    for (const part of ['', '-wal', '-shm'])
      if (existsSync(this.place.databaseFile + part)) rmSync(this.place.databaseFile + part)
  }

  #beside(name: string): string {
    return path.join(this.place.folder, `${name}.copy`)
  }

  async dispose(): Promise<void> {
    await this.close()
    this.place.dispose()
  }
}

function mismatch(code: ObstacleCode) {
  if (!isMismatch(code)) throw new Error(`nobody can pass ${code}`)
  return code
}
