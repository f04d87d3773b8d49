import { createServer } from 'node:net'

/** Below the ports that systems give to outgoing connections, which could take a port between this test and its use. */
const firstPort = 10_000
const lastPort = 32_000

/** Returns a port of this computer that was free a moment ago, as was the one after it, where a shop's server lets tills join. */
export async function freePort(): Promise<number> {
  for (let triesLeft = 100; triesLeft > 0; triesLeft -= 1) {
    const port = firstPort + Math.floor(Math.random() * (lastPort - firstPort))
    if ((await isFree(port)) && (await isFree(port + 1))) return port
  }
  throw new Error(`no two free ports between ${firstPort} and ${lastPort}`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: '0.0.0.0', port }, () => server.close(() => resolve(true)))
  })
}
