import { jetstream } from '@nats-io/jetstream'
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { type Hub, startHub } from '../../main/chain/hub/hub.ts'
import { readHubState } from '../../main/chain/hub/hub-file.ts'
import { serverName } from '../../main/chain/names.ts'
import { sealKeyOf } from '../../main/chain/office/attach-shop.ts'
import { type Forwarder, startForwarder } from '../../main/chain/office/forwarder.ts'
import type { OfficeFile } from '../../main/chain/office/office-file.ts'
import { OfficeBatch, type OfficeRecord } from '../../main/chain/office/office-messages.ts'
import { hubStreams, recordsSubject } from '../../main/chain/office/office-names.ts'
import { createOfficeSealing } from '../../main/chain/office/office-sealing.ts'
import type { OfficeReader } from '../../main/contract/office-reader.ts'
import { createMemorySecretStore } from '../../main/keychain/memory-secret-store.ts'
import { openOffice } from '../../main/office/open-office.ts'
import { engineHere } from './engine-here.ts'
import { freePort } from './free-port.ts'
import { until } from './server-of-shop.ts'
import { openShop, type TestShop } from './shop-of-tills.ts'

export interface OfficeScene {
  hub: Hub
  readonly port: number
  readonly folder: string
  /** A shop with its server and its forwarder. */
  shop(name: string): Promise<AttachedShop>
  /** An office that follows the hub from the file that it was given. */
  office(): Promise<OfficeReader>
  stopHub(): Promise<void>
  startHub(): Promise<void>
  /** Ends the hub as a power cut ends it; resolves once it is back. */
  killHub(): Promise<void>
  /** What the hub has of a shop, message by message. */
  batches(file: OfficeFile): Promise<OfficeBatch[]>
}

export interface AttachedShop {
  readonly shop: TestShop
  readonly file: OfficeFile
  forwarder: Forwarder
  readonly faults: unknown[]
  restartForwarder(): Promise<void>
}

/** Starts a hub, real and on loopback. Everything ends with the test. */
export async function openOfficeScene(): Promise<OfficeScene> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hexiao-office-'))
  const port = await freePort()
  const start = async (): Promise<Hub> => {
    if (engineHere === null) throw new Error('no nats-server')
    const hub = await startHub({
      folder: path.join(folder, 'hub'),
      binary: engineHere,
      host: '127.0.0.1',
      port,
      leafPort: port + 1,
      names: ['127.0.0.1'],
      mostBytes: 512 * 1024 ** 2,
      clock: Date.now,
      onLine: () => undefined,
      onFault: () => undefined,
    })
    if (typeof hub === 'string') throw new Error(hub)
    await until(() => hub.health().isReady, 'the hub has its streams')
    return hub
  }
  const scene: OfficeScene = {
    hub: await start(),
    port,
    folder,
    shop: (name) => openAttachedShop(scene.hub.attach(name)),
    office: () => openOfficeOf(scene),
    stopHub: () => scene.hub.stop(),
    async startHub() {
      scene.hub = await start()
    },
    async killHub() {
      const { pid } = scene.hub.health()
      if (pid === null) throw new Error('no hub runs')
      process.kill(pid, 'SIGKILL')
      await until(() => scene.hub.health().pid !== pid, 'the hub is gone')
      await until(() => scene.hub.health().line === 'up', 'the hub is back')
    },
    async batches({ shopId }) {
      const subject = recordsSubject(shopId)
      const root = Buffer.from(scene.hub.officeKeys('').root, 'base64')
      const sealing = createOfficeSealing(sealKeyOf(root, shopId))
      const connection = await connectAsKeeper(scene)
      try {
        const consumer = await jetstream(connection).consumers.get(hubStreams.records, {
          filter_subjects: [subject],
        })
        const found: OfficeBatch[] = []
        let left = (await consumer.info(true)).num_pending
        if (left === 0) return found
        for await (const message of await consumer.consume()) {
          found.push(OfficeBatch.parse(sealing.open(subject, message.data)))
          left -= 1
          if (left === 0) break
        }
        return found
      } finally {
        await connection.close()
      }
    },
  }
  onTestFinished(async () => {
    await scene.hub.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return scene
}

function openOfficeOf({ folder, hub }: OfficeScene): Promise<OfficeReader> {
  const keyFile = path.join(folder, 'office-keys.json')
  writeFileSync(keyFile, JSON.stringify(hub.officeKeys('Chain')))
  return openOfficeIn(folder, keyFile)
}

/** Opens an office below this folder, which follows the hub of this file. It ends with the test. */
export async function openOfficeIn(folder: string, keyFile: string): Promise<OfficeReader> {
  const refused: unknown[] = []
  const office = await openOffice({
    folder: mkdtempSync(path.join(folder, 'office-')),
    secrets: createMemorySecretStore(),
    clock: Date.now,
    text: ({ kind }) => kind,
    lookEveryMs: 200,
    // A hub that is off is a fault, too, and belongs to some tests.
    onFault: (cause) => {
      if (/permissions violation/i.test(String(cause))) refused.push(cause)
    },
  })
  onTestFinished(async () => {
    await office.close()
    expect(refused).toEqual([])
  })
  const attached = await office.attach(keyFile, null)
  if (!attached.ok) throw new Error(attached.error.code)
  return office
}

/** All there was and will be. */
export const allTime = {
  from: 0,
  until: 4_102_444_800_000,
  shopId: null,
  stockId: null,
  hour: null,
}

/** Opens a shop with the file that a hub has given it. It ends with the test. */
export async function openAttachedShop(file: OfficeFile): Promise<AttachedShop> {
  const shop = await openShop({ office: file })
  const faults: unknown[] = []
  const start = (): Forwarder =>
    startForwarder({
      office: file,
      chainKey: shop.chainKey,
      address: `127.0.0.1:${shop.port}`,
      authority: shop.server.authority,
      line: shop.server.line,
      facts: () => ({
        version: '1.2.3',
        certificateUntil: shop.server.health().certificateUntil,
        isDiskLow: false,
        isGateOpen: true,
        tills: shop.server.tills(),
      }),
      reportEveryMs: 500,
      clock: Date.now,
      random: Math.random,
      onFault: (cause) => faults.push(cause),
    })
  const attached: AttachedShop = {
    shop,
    file,
    forwarder: start(),
    faults,
    async restartForwarder() {
      await attached.forwarder.close()
      attached.forwarder = start()
    },
  }
  onTestFinished(() => attached.forwarder.close())
  return attached
}

/** What the batches carry, in their order. */
export function recordsIn(batches: readonly OfficeBatch[]): OfficeRecord[] {
  return batches.flatMap(({ records }) => records)
}

function connectAsKeeper({ folder, port, hub }: OfficeScene): Promise<NatsConnection> {
  const keeper = readHubState(path.join(folder, 'hub'))?.keeper
  if (keeper === undefined) throw new Error('no keeper')
  const tls = { ca: hub.officeKeys('').authority, servername: serverName, handshakeFirst: true }
  return connect({
    servers: `127.0.0.1:${port}`,
    tls,
    authenticator: nkeyAuthenticator(new TextEncoder().encode(keeper.seed)),
    reconnect: false,
  })
}
