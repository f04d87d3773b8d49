import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { RosteredTill } from '../../chain/server/keeper-file.ts'
import type { ChainFault, ChainView, ShopServerState } from '../../contract/chain.ts'
import type { AuditEvent } from '../../redemption/audit-entry.ts'
import { createListeners } from '../../redemption/listeners.ts'
import type { OpenTill } from '../open-till.ts'
import { changeChainFiles, readWhatIsWhole, serverFolder, type Serving } from './chain-files.ts'
import type { HostedServer } from './hosted-server.ts'
import type { LivePlace } from './live-place.ts'

export type ChainFaultCode = ChainFault['code']

export type TillOfShop = Pick<OpenTill, 'chain' | 'noteAct'> & {
  readonly identity: Pick<OpenTill['identity'], 'tillId'>
}

export interface ChainDeskParts {
  readonly place: Pick<LivePlace, 'folder' | 'secrets' | 'anchor' | 'clock'> & {
    readonly profiles: { get(): { readonly tillId: string } | null }
  }
  /** `null` where no live till is open. */
  readonly live: () => TillOfShop | null
  /** Opens the till anew, with the same person signed in. */
  readonly reopen: () => Promise<void>
  /** Return `null` when the dialog was cancelled. */
  readonly chooseProgram: () => Promise<string | null>
  readonly chooseFolder: () => Promise<string | null>
  readonly onFault: (cause: unknown) => void
}

const stoppedPrefix = 'shop-server-stopped-'

/** What the orders about a shop of tills have in common: the server that runs here, the files, the keys, and who is told. */
export class ChainWork {
  readonly parts: ChainDeskParts
  readonly changes = createListeners()
  /** What may be started, because this program found it or a person chose it: the page cannot name another. */
  readonly offered = new Set<string>()
  readonly offeredFolders = new Set<string>()
  #hosted: HostedServer | null = null
  #fault: ShopServerState | null = null

  constructor(parts: ChainDeskParts) {
    this.parts = parts
  }

  get folder(): string {
    return this.parts.place.folder
  }

  /** The server that runs here. */
  get hosted(): HostedServer | null {
    return this.#hosted
  }

  /** The same, where it may have changed since `hosted` was looked at. */
  running(): HostedServer | null {
    return this.#hosted
  }

  /** Why the server of this computer does not run. */
  get fault(): ShopServerState | null {
    return this.#fault
  }

  files(): ReturnType<typeof readWhatIsWhole> {
    return readWhatIsWhole(this.folder, this.parts.onFault)
  }

  ownKey(): string | null {
    const name = this.parts.place.profiles.get()?.tillId
    return this.#hosted?.server.tills().find((till) => till.name === name)?.key ?? null
  }

  glance(): ChainView['server'] {
    if (this.#hosted !== null) {
      const { state, gate, isDiskLow, certificateUntil } = this.#hosted.view(null)
      return { state, missing: gate.missing.map(({ name }) => name), isDiskLow, certificateUntil }
    }
    if (this.#fault === null) return null
    return { state: this.#fault, missing: [], isDiskLow: false, certificateUntil: 0 }
  }

  /** Where the latest server was put that was stopped here; `null` where there was none. */
  stoppedFolder(): string | null {
    if (!existsSync(this.folder)) return null
    const names = readdirSync(this.folder).filter((name) => name.startsWith(stoppedPrefix))
    const last = names.toSorted().at(-1)
    return last === undefined ? null : path.join(this.folder, last)
  }

  /** Where a server that ends now is put. */
  nextStoppedFolder(): string {
    const stamp = new Date(this.parts.place.clock()).toISOString().replaceAll(/\D/g, '')
    return path.join(this.folder, `${stoppedPrefix}${stamp}`)
  }

  note(event: AuditEvent, by: string, input: Record<string, unknown> = {}): void {
    this.parts.live()?.noteAct({ event, by, input })
  }

  /** Changes which tills the server lets in. Returns whether it was written. */
  async changeRoster(
    next: (tills: readonly RosteredTill[]) => RosteredTill[],
    write: () => void | Promise<void>,
  ): Promise<boolean> {
    const changed = await changeChainFiles(
      this.parts.place,
      (present) => ({
        ...present,
        server: present.server && { ...present.server, tills: next(present.server.tills) },
      }),
      write,
    )
    this.changes.tell()
    return changed.ok
  }

  /** Returns what keeps it from starting; `null` where it starts. */
  async start(serving: Serving): Promise<ShopServerState | null> {
    const { hostServer } = await import('./hosted-server.ts')
    const chainKey = await this.parts.place.secrets.read('chain-key')
    const office = await this.parts.place.secrets.read('shop-office')
    const started = await hostServer({
      folder: serverFolder(this.folder),
      serving,
      chainKey: chainKey.ok ? chainKey.value : null,
      office: office.ok ? office.value : null,
      changeRoster: (next, write) => this.changeRoster(next, write),
      onJoined: (name) => this.note('shop-till-joined', '-', { name }),
      onLeft: ({ name }) => this.note('shop-till-left', '-', { name }),
      onChanged: this.changes.tell,
      onFault: this.parts.onFault,
    })
    this.#hosted = started.ok ? started.value : null
    this.#fault = started.ok ? null : started.error
    this.changes.tell()
    return this.#fault
  }

  async stop(): Promise<void> {
    const running = this.#hosted
    this.#hosted = null
    this.#fault = null
    await running?.close()
  }

  /** This till's own key of the shop, which never leaves it. `null` where the keychain refuses. */
  async ownSeed(): Promise<{ readonly key: string; readonly seed: string } | null> {
    const { secrets } = this.parts.place
    const { createTillKey, keyOf } = await import('../../chain/till-key.ts')
    const known = await secrets.read('chain-till-seed')
    if (!known.ok) return null
    if (known.value !== null) return { key: keyOf(known.value), seed: known.value }
    const made = createTillKey()
    return (await secrets.write('chain-till-seed', made.seed)).ok ? made : null
  }
}
