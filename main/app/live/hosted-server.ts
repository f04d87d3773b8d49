import os from 'node:os'
import { createPairingDesk, type PairingDesk } from '../../chain/pairing/pairing-desk.ts'
import { pairingPortOf } from '../../chain/address.ts'
import { type Forwarder, startForwarder } from '../../chain/office/forwarder.ts'
import { OfficeFile } from '../../chain/office/office-file.ts'
import { parseJson } from '../../contract/json.ts'
import type { Introduction } from '../../chain/pairing/protocol.ts'
import type { RosteredTill } from '../../chain/server/keeper-file.ts'
import { type ShopServer, startShopServer } from '../../chain/server/shop-server.ts'
import {
  defaultServerPort,
  type ShopServerState,
  type ShopServerView,
} from '../../contract/chain.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { Serving } from './chain-files.ts'

/** The shop's server on this computer, with the desk where tills join it. */
export interface HostedServer {
  /** `ownKey`: of the till on this computer. */
  view(ownKey: string | null): ShopServerView
  readonly server: ShopServer
  /** `null` where the shop's key is not in the keychain: nobody can join then. */
  readonly pairing: PairingDesk | null
  close(): Promise<void>
}

interface HostedServerParts {
  readonly folder: string
  readonly serving: Serving
  /** Base64. */
  readonly chainKey: string | null
  /** The head office that the shop is attached to, as the keychain has it; `null`: none. */
  readonly office: string | null
  /** Changes the roster, with the anchor. */
  readonly changeRoster: (
    next: (tills: readonly RosteredTill[]) => RosteredTill[],
    write: () => void,
  ) => Promise<boolean>
  readonly onJoined: (name: string) => void
  readonly onLeft: (till: RosteredTill) => void
  readonly onChanged: () => void
  readonly onFault: (cause: unknown) => void
}

const mostTills = 64
const stateOfFault = {
  'not-there': 'not-started',
  'not-runnable': 'not-runnable',
  'not-nats': 'not-runnable',
  'too-old': 'too-old',
} as const

export async function hostServer(
  parts: HostedServerParts,
): Promise<Result<HostedServer, ShopServerState>> {
  const { serving, onFault, onChanged } = parts
  let running: ShopServer | null = null
  const office = officeIn(parts)
  const server = await startShopServer({
    folder: parts.folder,
    binary: serving.program,
    host: '0.0.0.0',
    port: serving.port,
    office,
    clock: Date.now,
    onLine: () => undefined,
    onLeft(key) {
      const till = running?.tills().find((each) => each.key === key)
      if (till === undefined) return
      parts
        .changeRoster(
          (tills) => tills.filter((each) => each.key !== key),
          () => running?.remove(key),
        )
        .then(() => parts.onLeft(till))
        .catch(onFault)
    },
    onFault,
  })
  if (typeof server === 'string') return err(stateOfFault[server])
  running = server
  const pairing = parts.chainKey === null ? null : openPairing(parts, server, parts.chainKey)
  const forwarder = office && forward(parts, server, office)
  return ok({
    server,
    pairing,
    view: (ownKey) => viewOf(server, serving, pairing, ownKey),
    async close() {
      pairing?.close()
      await forwarder?.close()
      await server.stop()
      onChanged()
    },
  })
}

/** What is wrong with it is a fault for the log: the shop goes on without its head office. */
function officeIn({ office, onFault }: HostedServerParts): OfficeFile | null {
  if (office === null) return null
  try {
    return OfficeFile.parse(parseJson(office))
  } catch (cause) {
    onFault(cause)
    return null
  }
}

/** `null` where the shop's key is not in the keychain: nothing of the journal can be read. */
function forward(
  { serving, chainKey, onFault }: HostedServerParts,
  server: ShopServer,
  office: OfficeFile,
): Forwarder | null {
  if (chainKey === null) return null
  return startForwarder({
    office,
    chainKey: Buffer.from(chainKey, 'base64'),
    address: `127.0.0.1:${serving.port}`,
    authority: server.authority,
    line: server.line,
    facts() {
      const { certificateUntil, isDiskLow, gate } = server.health()
      const tills = server.tills()
      return {
        version: null,
        certificateUntil,
        isDiskLow,
        isGateOpen: gate.isOpen,
        tills,
      }
    },
    clock: Date.now,
    random: Math.random,
    onFault,
  })
}

function openPairing(
  { serving, changeRoster, onJoined, onChanged, onFault }: HostedServerParts,
  server: ShopServer,
  chainKey: string,
): PairingDesk {
  /** As it was before a till that is joining, by key. */
  const before = new Map<string, RosteredTill | null>()
  return createPairingDesk({
    host: '0.0.0.0',
    port: pairingPortOf(serving.port),
    elapsed: () => performance.now(),
    chainKey,
    authority: server.authority,
    async admit({ key, name }) {
      const tills = server.tills()
      const isTaken = tills.some((till) => till.key !== key && isSameName(till.name, name))
      if (isTaken) return err('name-taken')
      const known = tills.find((till) => till.key === key) ?? null
      if (known === null && tills.length >= mostTills) return err('shop-full')
      before.set(key, known)
      const added: RosteredTill = { key, name, addedAt: Date.now() }
      const isWritten = await changeRoster(
        (present) => [...present.filter((till) => till.key !== key), added],
        () => server.add(added),
      )
      if (!isWritten) throw new Error('the roster could not be changed')
      return ok(null)
    },
    async settle({ key, name }) {
      before.delete(key)
      onJoined(name)
    },
    async abandon({ key }: Introduction) {
      const known = before.get(key) ?? null
      before.delete(key)
      // A till that was in the shop before stays in it.
      if (known !== null && known.mustRejoin !== true) return
      await changeRoster(
        (present) => [...present.filter((till) => till.key !== key), ...(known ? [known] : [])],
        () => (known === null ? server.remove(key) : server.add(known)),
      )
    },
    onChanged,
    onFault,
  })
}

/** Names that people take for the same. */
function isSameName(one: string, other: string): boolean {
  return plainName(one) === plainName(other)
}

function plainName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}

function viewOf(
  server: ShopServer,
  { program, port }: Serving,
  pairing: PairingDesk | null,
  ownKey: string | null,
): ShopServerView {
  const health = server.health()
  const { gate } = health
  const missing = gate.missing.map(({ key, name }) => ({ key, name }))
  return {
    state: stateOf(health),
    program: { file: program, version: health.version, fault: null },
    port,
    addresses: addressesHere().map((address) =>
      port === defaultServerPort ? address : `${address}:${port}`,
    ),
    tills: server.tills().map(({ key, name, addedAt, mustRejoin = false }) => ({
      key,
      name,
      addedAt,
      isOwn: key === ownKey,
      mustRejoin,
    })),
    gate: {
      state: gate.incarnation === null ? 'unknown' : gate.isOpen ? 'open' : 'gathering',
      missing,
      lastLoss: gate.lastLoss,
    },
    diskFree: health.diskFree,
    isDiskLow: health.isDiskLow,
    certificateUntil: health.certificateUntil,
    pairing: pairing?.view() ?? noPairing,
  }
}

const noPairing: ShopServerView['pairing'] = {
  code: null,
  leftMs: 0,
  attemptsLeft: 0,
  ended: null,
  name: null,
}

function stateOf({ engine, gate }: ReturnType<ShopServer['health']>): ShopServerState {
  if (engine === 'running') return gate.incarnation === null ? 'not-answering' : 'running'
  return engine === 'stopped' ? 'not-answering' : engine
}

/** What other computers of the network may reach this one by. */
function addressesHere(): string[] {
  return Object.values(os.networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
}
