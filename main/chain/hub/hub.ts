import {
  DiscardPolicy,
  jetstreamManager,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream'
import { randomBytes, X509Certificate } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { isIP } from 'node:net'
import path from 'node:path'
import { writePrivateFile } from '../../credentials/private-file.ts'
import { type LineState, openLine } from '../line.ts'
import { officeFileFor } from '../office/attach-shop.ts'
import type { OfficeFile } from '../office/office-file.ts'
import type { OfficeKeyFile } from '../office/office-key-file.ts'
import { hubDomain, hubStreams } from '../office/office-names.ts'
import { chainKeyBytes } from '../sealing.ts'
import { createAuthority, issueServerCertificate } from '../server/authority.ts'
import { type EngineState, startEngine } from '../server/engine-process.ts'
import { checkProgram } from '../server/find-program.ts'
import type { ServerFault } from '../server/shop-server.ts'
import { createTillKey } from '../till-key.ts'
import { hubConfiguration } from './hub-configuration.ts'
import { type HubState, readHubState, writeHubState } from './hub-file.ts'

/** A hub of one's own, where none is hosted elsewhere. */
export interface Hub {
  shops(): HubState['shops']
  /** Lets a new shop publish under its own subjects, and returns what it is given. */
  attach(name: string): OfficeFile
  /** What an office is given. `name`: of the chain. */
  officeKeys(name: string): OfficeKeyFile
  /** Throws the shop out, at once. What it published stays. */
  expel(shopId: string): void
  health(): {
    readonly engine: EngineState
    readonly pid: number | null
    readonly line: LineState
    /** Whether the streams are there. */
    readonly isReady: boolean
  }
  stop(): Promise<void>
}

export interface HubParts {
  readonly folder: string
  /** Path of `nats-server`, 2.10.27 or newer. */
  readonly binary: string
  readonly host: string
  /** For the office, and for the servers of shops. */
  readonly port: number
  readonly leafPort: number
  /** DNS names and IP addresses by which this computer is reached; shops and the office are given the first. */
  readonly names: readonly string[]
  readonly mostBytes?: number
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly onLine: (line: string) => void
  readonly onFault: (cause: unknown) => void
}

const dayMs = 86_400_000
const renewBeforeMs = 180 * dayMs
/** As long as a shop keeps its journal. */
const recordDays = 45
const usualBytes = 256 * 1024 ** 3
const patienceMs = 5000
const againMs = 1000
const streamNotFound = 10059

/** Starts a hub in this folder, which is made where it is not there yet, and keeps it running. */
export async function startHub(parts: HubParts): Promise<Hub | ServerFault> {
  const { folder, binary, host, port, clock, onFault } = parts
  const { fault } = await checkProgram(binary)
  if (fault !== null) return fault
  const fileIn = (name: string): string => path.join(folder, name)
  mkdirSync(fileIn('store'), { recursive: true, mode: 0o700 })
  const mostBytes = parts.mostBytes ?? usualBytes
  let state = await readOrCreate(folder, parts.names, clock())
  configure()
  const authority = state.authority.certificate
  const [first = host] = parts.names
  const address = isIP(first) === 6 ? `[${first}]` : first
  const engine = startEngine({
    binary,
    configurationFile: fileIn('hub.conf'),
    pidFile: fileIn('hub.pid'),
    onLine: parts.onLine,
  })
  const line = openLine({
    address: `${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`,
    authority,
    ...state.keeper,
    random: Math.random,
    onFault,
  })
  let isReady = false
  let timer: NodeJS.Timeout | null = null
  const unheard = line.onUp(() => prepare())

  function prepare(): void {
    const session = line.session()
    if (session === null) return
    timer = null
    jetstreamManager(session.connection, { checkAPI: false, timeout: patienceMs })
      .then((manager) => ensureStreams(manager, mostBytes))
      .then(() => (isReady = true))
      .catch((cause: unknown) => {
        // The engine is still reading its store, as a rule.
        onFault(cause)
        if (line.state() !== 'closed') timer ??= setTimeout(prepare, againMs)
      })
  }

  function configure(): void {
    writePrivateFile(fileIn('hub.crt'), Buffer.from(state.server.certificate))
    writePrivateFile(fileIn('hub.key'), Buffer.from(state.server.privateKey))
    const configuration = hubConfiguration({
      host,
      port,
      leafPort: parts.leafPort,
      storeFolder: fileIn('store'),
      pidFile: fileIn('hub.pid'),
      certificateFile: fileIn('hub.crt'),
      keyFile: fileIn('hub.key'),
      keeper: state.keeper.key,
      office: state.office.key,
      shops: state.shops,
      mostBytes,
    })
    writePrivateFile(fileIn('hub.conf'), Buffer.from(configuration))
  }

  /** Without a word to the engine. */
  function save(change: Partial<HubState>): void {
    const next = { ...state, ...change }
    writeHubState(folder, next)
    state = next
    configure()
  }

  async function renewCertificate(): Promise<void> {
    const { server } = await renewedIfDue(state, clock())
    if (server === state.server) return
    save({ server })
    engine.reload()
  }
  const renewing = setInterval(() => void renewCertificate().catch(onFault), dayMs)
  renewing.unref()

  return {
    shops: () => state.shops,
    attach(name) {
      const file = officeFileFor(
        name,
        { hub: `${address}:${parts.leafPort}`, authority, domain: hubDomain },
        Buffer.from(state.root, 'base64'),
      )
      save({ shops: [...state.shops, { id: file.shopId, key: file.key, name }] })
      engine.reload()
      return file
    },
    officeKeys: (name) => ({
      version: 1,
      name,
      address: `${address}:${port}`,
      authority,
      seed: state.office.seed,
      root: state.root,
    }),
    expel(shopId) {
      save({ shops: state.shops.filter(({ id }) => id !== shopId) })
      // A leaf node stays connected when its user is gone after a reload (2.10.27). The others are back in a moment.
      engine.restart()
    },
    health: () => ({ engine: engine.state(), pid: engine.pid(), line: line.state(), isReady }),
    async stop() {
      clearInterval(renewing)
      if (timer !== null) clearTimeout(timer)
      unheard()
      await line.close()
      await engine.stop()
    },
  }
}

async function ensureStreams(manager: JetStreamManager, mostBytes: number): Promise<void> {
  const common = {
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    num_replicas: 1,
    deny_delete: true,
    deny_purge: true,
    allow_rollup_hdrs: false,
    allow_direct: true,
  } as const
  const wanted = [
    {
      ...common,
      name: hubStreams.records,
      subjects: ['record.*'],
      // Full, it takes nothing new, and shops keep what they have until it does.
      discard: DiscardPolicy.New,
      max_bytes: mostBytes,
      max_age: recordDays * dayMs * 1_000_000,
    },
    {
      ...common,
      name: hubStreams.health,
      subjects: ['health.*'],
      discard: DiscardPolicy.Old,
      max_msgs_per_subject: 1,
    },
  ]
  for (const stream of wanted) {
    const isThere = await manager.streams.info(stream.name).then(
      () => true,
      (cause: unknown) => {
        if (cause instanceof JetStreamApiError && cause.code === streamNotFound) return false
        throw cause
      },
    )
    if (!isThere) await manager.streams.add(stream)
  }
}

async function readOrCreate(
  folder: string,
  names: readonly string[],
  now: number,
): Promise<HubState> {
  const known = readHubState(folder)
  if (known !== null) {
    const renewed = await renewedIfDue(known, now, names)
    if (renewed !== known) writeHubState(folder, renewed)
    return renewed
  }
  const authority = await createAuthority(now)
  const fresh: HubState = {
    version: 1,
    authority,
    server: await issueServerCertificate(authority, now, names),
    names: [...names],
    keeper: createTillKey(),
    office: createTillKey(),
    root: randomBytes(chainKeyBytes).toString('base64'),
    shops: [],
  }
  writeHubState(folder, fresh)
  return fresh
}

/** Returns the same state where its certificate is good for long and has these names. */
async function renewedIfDue(
  state: HubState,
  now: number,
  names: readonly string[] = state.names,
): Promise<HubState> {
  const until = Date.parse(new X509Certificate(state.server.certificate).validTo)
  if (until - now > renewBeforeMs && names.join() === state.names.join()) return state
  const server = await issueServerCertificate(state.authority, now, names)
  return { ...state, server, names: [...names] }
}
