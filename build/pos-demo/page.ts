import react from '@vitejs/plugin-react'
import path from 'node:path'
import { build, preview } from 'vite'
import { projectRoot } from '../project.ts'

export interface DemoPage {
  /** Such as `http://127.0.0.1:9750`: what the owner of a till allows. */
  readonly origin: string
  close(): Promise<void>
}

const root = path.join(projectRoot, 'clients/demo')
const outDir = path.join(projectRoot, 'out/pos-demo')

/** Builds the page of the demonstration POS, and serves it to this computer alone. `port` 0: any that is free. */
export async function serveDemoPage(port: number): Promise<DemoPage> {
  const shared = { root, configFile: false, logLevel: 'warn' } as const
  await build({ ...shared, plugins: [react()], build: { outDir, emptyOutDir: true } })
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { host: '127.0.0.1', port, strictPort: true },
  })
  const address = server.httpServer.address()
  if (address === null || typeof address === 'string') throw new Error('the page is not served')
  return { origin: `http://127.0.0.1:${address.port}`, close: () => server.close() }
}
