// Starts a till in training mode with its link to a POS switched on, and the demonstration POS beside it. Both keep what they
// wrote in out/pos-demo-data, so that either can be closed, or killed, and started again. Started by build/pos-demo.ts.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { executableIn } from '../../build/electron/runtime.ts'
import { serveDemoPage } from '../../build/pos-demo/page.ts'
import { projectRoot } from '../../build/project.ts'
import { switchLinkOn } from '../support/link-of-till.ts'
import { launchTill } from '../support/till-app.ts'

/** Two of this computer's; the link's is the usual one. */
const pagePort = 9750
const linkPort = 9740

const electronFolder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
if (electronFolder === undefined) throw new Error('start this with: npm run pos-demo')
const executable = executableIn(electronFolder)
const data = path.join(projectRoot, 'out/pos-demo-data')
fs.mkdirSync(data, { recursive: true })

// When asked to stop, exits at once. Playwright ends the till when this process exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const demo = await serveDemoPage(pagePort)
const till = await launchTill({
  executable,
  appFolder: projectRoot,
  userDataFolder: path.join(data, 'till'),
  env: process.env,
})
await switchLinkOn(till.page, { pos: { port: linkPort, origins: [demo.origin] } })

const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const window = path.join(projectRoot, 'build/pos-demo/window.cjs')
const profile = `--user-data-dir=${path.join(data, 'pos')}`
const pos = spawn(executable, [...switches, profile, window, demo.origin], { env, stdio: 'ignore' })
process.on('exit', () => void pos.kill())

console.log(`
A till in training mode and the demonstration POS are open; the POS is also at ${demo.origin}
1. At the till: Settings, POS link, “Pair a POS”. Enter the six digits in the POS.
2. In the POS: ring up some goods, ¥100 or more.
3. At the till: scan a training coupon, or press one in the list of samples. The POS deducts it.
4. In the POS: take the money, or cancel the order; then the coupon goes back.
Close or kill either of them in the middle, and start again: the ledger comes out right.
It ends when the till is closed.
`)

await till.electron.waitForEvent('close', { timeout: 0 })
await demo.close()
process.exit()
