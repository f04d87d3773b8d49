import { setTimeout as sleep } from 'node:timers/promises'
import type { OfficeFile } from '../../main/chain/office/office-file.ts'
import type { StorageLimits } from '../../main/chain/server/configuration.ts'
import { type ShopServer, startShopServer } from '../../main/chain/server/shop-server.ts'
import { engineHere } from './engine-here.ts'

export const roomy: StorageLimits = { locks: 256 * 1024 ** 2, journal: 256 * 1024 ** 2 }

/** Starts a shop's server on loopback, with `npm test`'s engine. Resolves once it has its streams. */
export async function startServerAt(
  folder: string,
  port: number,
  {
    lines = [],
    limits = roomy,
    office = null,
  }: {
    readonly lines?: string[]
    readonly limits?: StorageLimits
    readonly office?: OfficeFile | null
  } = {},
): Promise<ShopServer> {
  if (engineHere === null) throw new Error('no nats-server')
  const server = await startShopServer({
    folder,
    binary: engineHere,
    host: '127.0.0.1',
    port,
    limits,
    office,
    clock: Date.now,
    onLine: (line) => lines.push(line),
    onFault: () => undefined,
  })
  if (typeof server === 'string') throw new Error(server)
  await until(() => server.health().gate.incarnation !== null, 'the server has its streams')
  return server
}

/** Waits until it holds; throws with the name after `ms`. */
export async function until(holds: () => boolean, name: string, ms = 15_000): Promise<void> {
  const end = performance.now() + ms
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${name}`)
    await sleep(5)
  }
}
