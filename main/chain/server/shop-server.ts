import { X509Certificate } from 'node:crypto'
import { mkdirSync, statfsSync } from 'node:fs'
import path from 'node:path'
import type { ServerProgram } from '../../contract/chain.ts'
import { createTillKey } from '../till-key.ts'
import { writePrivateFile } from '../../credentials/private-file.ts'
import { type Line, type LineState, openLine } from '../line.ts'
import type { OfficeFile } from '../office/office-file.ts'
import { createAuthority, issueServerCertificate } from './authority.ts'
import { serverConfiguration, type StorageLimits } from './configuration.ts'
import { type EngineState, startEngine } from './engine-process.ts'
import { checkProgram } from './find-program.ts'
import { type GateView, startKeeper } from './keeper.ts'
import {
  type KeeperState,
  readKeeperState,
  type RosteredTill,
  writeKeeperState,
} from './keeper-file.ts'

/** How it is with the shop's server, for the person who looks after it. */
export interface ServerHealth {
  readonly engine: EngineState
  /** Of the server's process; `null` while there is none. */
  readonly pid: number | null
  /** Whether it answers the keeper. */
  readonly line: LineState
  readonly version: string | null
  readonly gate: GateView
  /** Bytes free where the store is. */
  readonly diskFree: number
  readonly isDiskLow: boolean
  /** When the server's certificate ends, epoch milliseconds. It is renewed half a year before. */
  readonly certificateUntil: number
}

export interface ShopServer {
  /** What tills need to trust this server and no other: the certificate of its authority, PEM. */
  readonly authority: string
  /** The keeper's connection. The forwarder to a head office reads the journal by it. */
  readonly line: Line
  tills(): readonly RosteredTill[]
  /** Lets a till in, by its public nkey. */
  add(till: Pick<RosteredTill, 'key' | 'name'> & Partial<RosteredTill>): void
  /** Throws the till out: it is off at once, and is not let in again. */
  remove(key: string): void
  /** Throws every other till out until it joins again, and begins locks and journal anew: the chain's key was changed. */
  expelOthers(own: string): Promise<boolean>
  health(): ServerHealth
  /** See `Keeper.open` and `Keeper.renew`. */
  openGate(): Promise<boolean>
  renewLocks(): Promise<boolean>
  stop(): Promise<void>
}

export interface ShopServerParts {
  /** Everything of the server is below it. */
  readonly folder: string
  /** Path of `nats-server`, 2.10.27 or newer. */
  readonly binary: string
  readonly host: string
  readonly port: number
  readonly limits?: StorageLimits
  /** The head office of the shop, whose hub the server dials out to. */
  readonly office?: OfficeFile | null
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly onLine: (line: string) => void
  /** The till with this key says that it leaves the shop; it is for the caller to remove it. */
  readonly onLeft?: (key: string) => void
  readonly onFault: (cause: unknown) => void
}

const gibibyte = 1024 ** 3
const defaultLimits: StorageLimits = { locks: 2 * gibibyte, journal: 4 * gibibyte }
/** Below this a person should look. */
const lowDisk = gibibyte
const dayMs = 86_400_000
const renewBeforeMs = 180 * dayMs

/** What is wrong with the program, before anything is written. */
export type ServerFault = NonNullable<ServerProgram['fault']>

/** Starts the shop's server in this folder, which is made where it is not there yet, and keeps it running. */
export async function startShopServer(parts: ShopServerParts): Promise<ShopServer | ServerFault> {
  const { folder, binary, host, port, clock, onFault, office = null } = parts
  const { version, fault } = await checkProgram(binary)
  if (fault !== null) return fault
  const limits = parts.limits ?? defaultLimits
  const storeFolder = path.join(folder, 'store')
  mkdirSync(storeFolder, { recursive: true, mode: 0o700 })
  let state = await readOrCreate(folder, clock())
  let isChecked = false
  configure()

  const engine = startEngine({
    binary,
    configurationFile: fileIn('server.conf'),
    pidFile: fileIn('server.pid'),
    onLine: parts.onLine,
  })
  const line = openLine({
    // Where it listens on one address alone, it does not on loopback.
    address: `${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`,
    authority: state.authority.certificate,
    ...state.keeper,
    random: Math.random,
    onFault,
  })
  const keeper = startKeeper({
    line,
    limits,
    state: () => state,
    save,
    clock,
    onLeft: parts.onLeft ?? (() => undefined),
    onChecked() {
      if (isChecked) return
      isChecked = true
      configure()
      engine.reload()
    },
    onFault,
  })

  const renewing = setInterval(() => void renewCertificate().catch(onFault), dayMs)
  renewing.unref()

  /** A server that is never switched off gets its next certificate while it runs; no connection breaks. */
  async function renewCertificate(): Promise<void> {
    const renewed = await renewedIfDue(state, clock())
    if (renewed === state) return
    save({ server: renewed.server })
    configure()
    engine.reload()
  }

  function save(change: Partial<KeeperState>): void {
    state = { ...state, ...change }
    writeKeeperState(folder, state)
  }

  function configure(): void {
    writePrivateFile(fileIn('server.crt'), Buffer.from(state.server.certificate))
    writePrivateFile(fileIn('server.key'), Buffer.from(state.server.privateKey))
    const configuration = serverConfiguration({
      host,
      port,
      storeFolder,
      pidFile: fileIn('server.pid'),
      certificateFile: fileIn('server.crt'),
      keyFile: fileIn('server.key'),
      keeper: state.keeper.key,
      // Nobody is let in before the keeper has seen whether the store is an older copy.
      tills: isChecked ? admitted(state.tills) : [],
      limits,
      office: office && {
        hub: office.hub,
        key: office.key,
        authorityFile: fileIn('hub.crt'),
        seed: office.seed,
      },
    })
    if (office !== null) writePrivateFile(fileIn('hub.crt'), Buffer.from(office.authority))
    writePrivateFile(fileIn('server.conf'), Buffer.from(configuration))
  }

  function fileIn(name: string): string {
    return path.join(folder, name)
  }

  function changeRoster(tills: RosteredTill[]): void {
    save({ tills })
    configure()
    engine.reload()
    keeper.look()
  }

  return {
    authority: state.authority.certificate,
    line,
    tills: () => state.tills,
    add({ key, name, ...known }) {
      const others = state.tills.filter((till) => till.key !== key)
      changeRoster([...others, { addedAt: clock(), ...known, key, name }])
    },
    remove: (key) => changeRoster(state.tills.filter((till) => till.key !== key)),
    async expelOthers(own) {
      changeRoster(expelled(state.tills, own))
      return keeper.renew(true)
    },
    health() {
      const { bavail, bsize } = statfsSync(folder)
      const diskFree = bavail * bsize
      return {
        engine: engine.state(),
        pid: engine.pid(),
        line: line.state(),
        version,
        gate: keeper.gate(),
        diskFree,
        isDiskLow: diskFree < lowDisk,
        certificateUntil: validUntil(state.server.certificate),
      }
    },
    openGate: () => keeper.open(),
    renewLocks: () => keeper.renew(false),
    async stop() {
      clearInterval(renewing)
      await keeper.close()
      await line.close()
      await engine.stop()
    },
  }
}

async function readOrCreate(folder: string, now: number): Promise<KeeperState> {
  const known = readKeeperState(folder)
  if (known !== null) {
    const renewed = await renewedIfDue(known, now)
    if (renewed !== known) writeKeeperState(folder, renewed)
    return renewed
  }
  const authority = await createAuthority(now)
  const fresh: KeeperState = {
    version: 1,
    authority,
    server: await issueServerCertificate(authority, now),
    keeper: createTillKey(),
    tills: [],
    mark: null,
  }
  writeKeeperState(folder, fresh)
  return fresh
}

/** Returns the same state where its certificate is good for long. */
async function renewedIfDue(state: KeeperState, now: number): Promise<KeeperState> {
  if (validUntil(state.server.certificate) - now > renewBeforeMs) return state
  return { ...state, server: await issueServerCertificate(state.authority, now) }
}

/** Public keys of the tills that may come. */
function admitted(tills: readonly RosteredTill[]): string[] {
  return tills.filter(({ mustRejoin }) => mustRejoin !== true).map(({ key }) => key)
}

/** The roster as it is once every other till has to join again. */
export function expelled(tills: readonly RosteredTill[], own: string): RosteredTill[] {
  return tills.map((till) => (till.key === own ? till : { ...till, mustRejoin: true }))
}

function validUntil(certificate: string): number {
  return Date.parse(new X509Certificate(certificate).validTo)
}
