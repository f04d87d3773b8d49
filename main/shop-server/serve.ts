import { mkdirSync } from 'node:fs'
import { readServer, type Serving, writeServing } from '../app/live/chain-files.ts'
import type { HostedServer } from '../app/live/hosted-server.ts'
import { listenForOrders } from '../back-office/control-socket.ts'
import { defaultServerPort, type ShopServerState } from '../contract/chain.ts'
import { canWriteChainKey, readChainKey, writeFreshChainKey } from './chain-key-file.ts'
import { Order, type Reply } from './orders.ts'

export interface ServeParts {
  readonly folder: string
  readonly program: string | null
  readonly port: number | null
  readonly env: NodeJS.ProcessEnv
  /** One line for the journal of the system; no code and no key is in one. */
  readonly say: (what: string) => void
}

export interface Served {
  readonly port: number
  close(): Promise<void>
}

/** Why it does not run. `no-program`: no `nats-server` that will do was found. */
export type ServeFault = 'runs-already' | 'no-program' | ShopServerState

/** Runs the shop's server in this folder, which is made where it is not there yet, and carries out what is ordered there. */
export async function serve(parts: ServeParts): Promise<Served | ServeFault> {
  const { folder, env, say } = parts
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const known = readServer(folder)
  // A folder that came from a till has no key in it: the till's keychain has that.
  if (known === null && readChainKey(folder, env) === null) writeFreshChainKey(folder)
  const serving = await servingOf(parts, known?.serving ?? null)
  if (serving === null) return 'no-program'
  const using = serving
  let hosted: HostedServer | null = null

  async function start(): Promise<ShopServerState | null> {
    const { hostServer } = await import('../app/live/hosted-server.ts')
    const started = await hostServer({
      folder,
      serving: using,
      chainKey: readChainKey(folder, env),
      // Attaching a shop to a head office asks for the owner of a till (`attach-office`).
      office: null,
      // Without an anchor: whoever may write here may as well write that.
      async changeRoster(_next, write) {
        write()
        return true
      },
      onJoined: (name) => say(`joined: ${name}`),
      onLeft: ({ name }) => say(`left: ${name}`),
      onChanged: () => undefined,
      onFault: (cause) => say(`fault: ${cause instanceof Error ? cause.message : String(cause)}`),
    })
    hosted = started.ok ? started.value : null
    return started.ok ? null : started.error
  }

  async function carryOut({ order, name }: Order): Promise<Reply> {
    if (hosted === null) return { ok: false, fault: 'not-answering' }
    const fault = await orders[order](hosted, name)
    const now = hosted
    return fault === null && now !== null
      ? { ok: true, server: now.view(null) }
      : { ok: false, fault: fault ?? 'not-answering' }
  }

  const orders: Record<Order['order'], (at: HostedServer, name: string) => Promise<Fault | null>> =
    {
      status: async () => null,
      async code(at) {
        const { pairing } = at
        if (at.view(null).state !== 'running') return 'not-answering'
        return pairing === null ? 'chain-key-missing' : pairing.offer()
      },
      async remove({ server }, name) {
        const till = server.tills().find((each) => each.name === name)
        if (till === undefined) return 'till-not-there'
        server.remove(till.key)
        say(`removed: ${name}`)
        return null
      },
      async open({ server }) {
        if (!(await server.openGate())) return 'not-answering'
        say('opened without the tills that are missing')
        return null
      },
      async 'new-key'(at) {
        const { server } = at
        if (at.view(null).state !== 'running') return 'not-answering'
        if (!canWriteChainKey(env)) return 'key-not-here'
        writeFreshChainKey(folder)
        const isRenewed = await server.expelOthers('')
        await hosted?.close()
        await start()
        say('new key')
        return isRenewed ? null : 'not-answering'
      },
    }

  const control = await listenForOrders(folder, Order, carryOut)
  if (control === 'runs-already') return control
  writeServing(folder, serving)
  const fault = await start()
  if (fault !== null) {
    await control.close()
    return fault
  }
  return {
    port: serving.port,
    async close() {
      await control.close()
      await hosted?.close()
    },
  }
}

type Fault = Exclude<Extract<Reply, { ok: false }>['fault'], 'not-written'>

/** As it is asked for, as it was last, or as it is found. */
async function servingOf(
  { program, port }: ServeParts,
  known: Serving | null,
): Promise<Serving | null> {
  const { findPrograms } = await import('../chain/server/find-program.ts')
  const file =
    program ?? known?.program ?? (await findPrograms()).find((each) => each.fault === null)?.file
  if (file === undefined) return null
  return { version: 1, program: file, port: port ?? known?.port ?? defaultServerPort }
}
