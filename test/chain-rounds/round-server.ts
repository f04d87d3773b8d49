import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findEngine } from '../../build/chain/find-engine.ts'
import { onShutdown } from '../../build/on-shutdown.ts'
import { TaskError } from '../../build/project.ts'
import { type ShopServer, startShopServer } from '../../main/chain/server/shop-server.ts'
import { freePort } from '../support/free-port.ts'

export interface RoundServer {
  readonly server: ShopServer
  readonly port: number
  readonly folder: string
  /** Ends it and removes its folder. */
  readonly remove: () => Promise<void>
}

/** Starts a shop's server in a folder of its own. Rejects with a `TaskError` where there is no program for it. */
export async function startRoundServer(
  name: string,
  onFault: (cause: unknown) => void,
): Promise<RoundServer> {
  const binary = await findEngine()
  if (binary === null) throw new TaskError('There is no server to run this with.')
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `hexiao-${name}-`))
  const port = await freePort()
  const server = await startShopServer({
    folder,
    binary,
    host: '127.0.0.1',
    port,
    clock: Date.now,
    onLine: () => undefined,
    onFault,
  })
  if (typeof server === 'string') throw new TaskError(server)
  onShutdown(() => server.stop())
  return {
    server,
    port,
    folder,
    async remove() {
      await server.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}
