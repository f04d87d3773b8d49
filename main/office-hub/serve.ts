import { mkdirSync } from 'node:fs'
import { listenForOrders } from '../back-office/control-socket.ts'
import type { Hub } from '../chain/hub/hub.ts'
import type { ServerFault } from '../chain/server/shop-server.ts'
import { Order, type Reply } from './orders.ts'

export interface ServeParts {
  readonly folder: string
  readonly names: readonly string[]
  readonly program: string | null
  readonly port: number
  readonly leafPort: number
  /** One line for the journal of the system; no key is in one. */
  readonly say: (what: string) => void
  /** How the hub is from now on. */
  readonly onState: (state: HubState) => void
}

type HubState = Extract<Reply, { ok: true }>['state']

export interface Served {
  close(): Promise<void>
}

/** Why it does not run. `no-program`: no `nats-server` that will do was found. */
export type ServeFault = 'runs-already' | 'no-program' | ServerFault

const lookEveryMs = 1000

/** Runs the hub in this folder, which is made where it is not there yet, and carries out what is ordered there. */
export async function serve(parts: ServeParts): Promise<Served | ServeFault> {
  const { folder, names, port, leafPort, say } = parts
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const binary = parts.program ?? (await programHere())
  if (binary === null) return 'no-program'
  let hub: Hub | null = null
  // Before the hub, because it keeps a second one out of the folder.
  const control = await listenForOrders(folder, Order, carryOut)
  if (control === 'runs-already') return control

  async function carryOut({ order, name }: Order): Promise<Reply> {
    if (hub === null) return { ok: false, fault: 'not-answering' }
    try {
      const done = orders[order](hub, name)
      if (typeof done === 'string') return { ok: false, fault: done }
      if (order === 'attach' || order === 'expel') say(`${order}: ${name}`)
      const file = done === null ? null : `${JSON.stringify(done.file, null, 2)}\n`
      const shops = hub.shops().map((shop) => shop.name)
      return { ok: true, state: stateOf(hub), names: [...names], port, leafPort, shops, file }
    } catch (cause) {
      tell(cause)
      return { ok: false, fault: 'not-written' }
    }
  }

  function tell(cause: unknown): void {
    say(`fault: ${cause instanceof Error ? cause.message : String(cause)}`)
  }

  const { startHub } = await import('../chain/hub/hub.ts')
  const started = await startHub({
    folder,
    binary,
    host: '0.0.0.0',
    port,
    leafPort,
    names,
    clock: Date.now,
    onLine: () => undefined,
    onFault: tell,
  })
  if (typeof started === 'string') {
    await control.close()
    return started
  }
  hub = started
  let last: HubState | null = null
  const look = (): void => {
    const state = stateOf(started)
    if (state !== last) parts.onState(state)
    last = state
  }
  const looking = setInterval(look, lookEveryMs)
  return {
    async close() {
      clearInterval(looking)
      await control.close()
      await started.stop()
    },
  }
}

type Fault = Extract<Reply, { ok: false }>['fault']

/** What each order does; returns what is written to a file, if anything is. */
const orders: Record<
  Order['order'],
  (hub: Hub, name: string) => Fault | { readonly file: unknown } | null
> = {
  status: () => null,
  attach(hub, name) {
    if (hub.shops().some((shop) => plain(shop.name) === plain(name))) return 'name-taken'
    return { file: hub.attach(name) }
  },
  keys: (hub, name) => ({ file: hub.officeKeys(name) }),
  expel(hub, name) {
    const shop = hub.shops().find((each) => plain(each.name) === plain(name))
    if (shop === undefined) return 'shop-not-there'
    hub.expel(shop.id)
    return null
  },
}

/** Names that people take for the same have the same. */
function plain(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}

function stateOf(hub: Hub): HubState {
  const { engine, isReady } = hub.health()
  if (engine === 'running') return isReady ? 'running' : 'not-answering'
  return engine === 'stopped' ? 'not-answering' : engine
}

async function programHere(): Promise<string | null> {
  const { findPrograms } = await import('../chain/server/find-program.ts')
  return (await findPrograms()).find(({ fault }) => fault === null)?.file ?? null
}
