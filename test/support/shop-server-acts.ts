import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node'
import { jetstreamManager } from '@nats-io/jetstream'
import { onTestFinished } from 'vitest'
import { readKeeperState } from '../../main/chain/server/keeper-file.ts'
import { serverName } from '../../main/chain/names.ts'
import { until } from './server-of-shop.ts'
import type { TestShop } from './shop-of-tills.ts'

/** Ends the server as a power cut ends it, and waits until its keeper has started another. */
export async function killServer(shop: TestShop): Promise<void> {
  const { pid } = shop.server.health()
  if (pid === null) throw new Error('no server runs')
  process.kill(pid, 'SIGKILL')
  await until(() => shop.server.health().pid !== pid, 'the server is gone')
  await until(() => shop.server.health().line === 'up', 'the server is back')
}

/** The server keeps its connections and does nothing more, until it is woken. */
export function stallServer(shop: TestShop): () => void {
  const { pid } = shop.server.health()
  if (pid === null) throw new Error('no server runs')
  process.kill(pid, 'SIGSTOP')
  const wake = (): void => {
    process.kill(pid, 'SIGCONT')
  }
  onTestFinished(wake)
  return wake
}

/** How many messages a stream has, as the server says. */
export async function serverCount(shop: TestShop, stream: string): Promise<number> {
  const keeper = readKeeperState(shop.folder)?.keeper
  if (keeper === undefined) throw new Error('no keeper')
  const connection = await connectAs(shop, keeper.seed)
  try {
    const manager = await jetstreamManager(connection)
    return (await manager.streams.info(stream)).state.messages
  } finally {
    await connection.close()
  }
}

/** A connection with these keys, and nothing of this project's in between. */
export function connectAs(
  shop: TestShop,
  seed: string,
  inboxPrefix = '_INBOX',
): Promise<NatsConnection> {
  const tls = { ca: shop.server.authority, servername: serverName, handshakeFirst: true }
  return connect({
    servers: `127.0.0.1:${shop.port}`,
    tls,
    authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
    inboxPrefix,
    timeout: 3000,
    reconnect: false,
  })
}
