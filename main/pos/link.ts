import type { PosSettings, PosState } from '../contract/pos.ts'
import type { RecordedAct } from '../shop/session.ts'
import { folderClientId, PosClients } from './clients.ts'
import type { PosTill } from './desk.ts'
import type { PosFolder } from './folder.ts'
import type { PosServer } from './server.ts'

/*
 * pos/ lets the program of a POS on this computer ask the till: over HTTP, by the document docs/pos/openapi.yaml. It is one
 * more client of what a cashier does at the counter, and redeems nothing by itself. No Electron and no SQL. What listens
 * (server.ts and most of what it imports) is loaded only where an owner has switched it on.
 */

export interface PosLinkTill extends PosTill {
  readonly settings: PosSettings
  readonly record: (act: RecordedAct) => void
}

interface PosLinkParts {
  /** `null` while no till is open. */
  readonly till: () => PosLinkTill | null
  /** A window for practice never listens: the till beside it does. */
  readonly isPractice: boolean
  readonly elapsed: () => number
  readonly now: () => number
  /** The time that files are dated with, in epoch milliseconds. */
  readonly fileTime: () => number
  /** What was thrown while a request was carried out. */
  readonly onFault: (cause: unknown) => void
}

/** The link to a POS, as the application and its settings use it. */
export interface PosLink {
  read(): PosState
  offer(): PosState
  withdraw(): PosState
  revoke(id: string): PosState
  /** To be called after every change of the till: listens, or stops, as its settings say. */
  sync(): void
  /** Something has changed at the counter, or in the queue. */
  changed(): void
  /** The port it listens on; `null` while it does not. Resolves once that is settled. */
  settled(): Promise<number | null>
  close(): Promise<void>
}

/** Keys are kept for 30 days, which is longer than a POS asks again. */
const dayMs = 86_400_000
const keptMs = 30 * dayMs

export function createPosLink(parts: PosLinkParts): PosLink {
  const { elapsed, now, fileTime, onFault } = parts
  const clients = new PosClients({ elapsed, now })
  let server: PosServer | null = null
  let listening: PosState['listening'] = parts.isPractice ? 'practice' : 'off'
  /** The port that is wanted; `null` for none. */
  let wanted: number | null = null
  let working: Promise<void> = Promise.resolve()
  let isClosed = false
  let folder: PosFolder | null = null
  let folderState: PosState['folder'] = parts.isPractice ? 'practice' : 'off'
  /** The folder that is wanted; `null` for none. */
  let wantedFolder: string | null = null
  /** The one that is watched. */
  let watchedFolder: string | null = null
  let known: PosTill['store'] | null = null
  let forgottenAt = -Infinity

  function read(): PosState {
    const store = parts.till()?.store
    if (store === undefined)
      return { listening: 'off', port: null, pairing: null, folder: 'off', clients: [] }
    const uses = store.lastUses()
    return {
      listening,
      port: wanted,
      pairing: clients.offered(store),
      folder: folderState,
      clients: clientsIn(store).map(({ id, name, pairedAt }) => ({
        id,
        isFolder: id === folderClientId,
        name,
        pairedAt,
        usedAt: uses[id] ?? null,
      })),
    }
  }

  /** One of a folder that was watched before may be left in the records; it is good for nothing. */
  function clientsIn(store: PosTill['store']) {
    return store.clients().filter(({ id }) => id !== folderClientId || watchedFolder !== null)
  }

  async function apply(): Promise<void> {
    await listen()
    await watch()
  }

  async function watch(): Promise<void> {
    const next = isClosed ? null : wantedFolder
    if (next === watchedFolder) return
    folder?.close()
    folder = null
    watchedFolder = next
    if (next === null) {
      folderState = 'off'
      const store = parts.till()?.store
      if (store !== undefined && !isClosed) clients.revoke(store, folderClientId)
      return
    }
    const { watchFolder } = await import('./folder-app.ts')
    folder = watchFolder(next, {
      till: parts.till,
      clients,
      elapsed,
      fileTime,
      onState: (fault) => (folderState = fault ?? 'on'),
      onFault,
    })
  }

  async function listen(): Promise<void> {
    const port = isClosed ? null : wanted
    if (server?.port === port && server !== null) return
    await server?.close()
    server = null
    listening = 'off'
    if (port === null) return
    listening = 'starting'
    const { servePos } = await import('./server.ts')
    const started = await servePos(
      {
        till: parts.till,
        clients,
        origins: () => parts.till()?.settings.origins ?? [],
        elapsed,
        onPaired: ({ id, name }) =>
          parts
            .till()
            ?.record({ event: 'ordered', by: `POS ${name}`, request: 'pos.pair', input: { id } }),
        onFault,
      },
      port,
    )
    if (typeof started === 'string') listening = started
    else {
      server = started
      listening = 'on'
    }
  }

  function forgetOld(store: PosTill['store']): void {
    forgottenAt = elapsed()
    try {
      store.forget(now() - keptMs)
    } catch (cause) {
      onFault(cause)
    }
  }

  function work(): void {
    working = working.then(apply).catch((cause: unknown) => {
      listening = 'not-listening'
      onFault(cause)
    })
  }

  return {
    read,
    offer() {
      const store = parts.till()?.store
      if (store !== undefined && listening === 'on') clients.offer(store)
      return read()
    },
    withdraw() {
      clients.withdraw()
      return read()
    },
    revoke(id) {
      const store = parts.till()?.store
      if (store !== undefined) clients.revoke(store, id)
      server?.revoked(id)
      return read()
    },
    sync() {
      const open = parts.till()
      // While a till is opened anew the server stays, and says so.
      if (parts.isPractice || isClosed || open === null) return
      const { isOn, port, folder: nextFolder } = open.settings
      const isOpenedAnew = known !== open.store
      known = open.store
      const next = isOn ? port : null
      const isLate = elapsed() - forgottenAt > dayMs
      const isUsed = isOn || nextFolder !== null
      if ((isOpenedAnew || isLate) && isUsed) forgetOld(open.store)
      // With the settings saved again, a port that another program had is tried again.
      const isSame = next === wanted && nextFolder === wantedFolder
      if (isSame && !(isOpenedAnew && server === null)) return
      wanted = next
      wantedFolder = nextFolder
      work()
    },
    changed() {
      try {
        server?.changed()
      } catch (cause) {
        // The till tells of its changes in the middle of its own work, which must go on.
        onFault(cause)
      }
    },
    async settled() {
      await working
      return server?.port ?? null
    },
    async close() {
      isClosed = true
      work()
      await working
    },
  }
}
