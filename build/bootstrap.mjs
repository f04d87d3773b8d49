// node build/bootstrap.mjs TASK [ARGUMENT…]
//
// Runs before anything is installed, on whatever Node (18 or newer) the machine has, so it is plain JavaScript without
// dependencies. It brings the npm packages up to date and runs TASK under the Node that package.json pins.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPackages } from './bootstrap/install-packages.mjs'
import { projectNode, searchPathWithProjectTools } from './bootstrap/project-node.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const [task, ...taskArguments] = process.argv.slice(2)
if (task === undefined) {
  console.error('usage: node build/bootstrap.mjs TASK [ARGUMENT…]')
  process.exit(2)
}

try {
  await installPackages(root)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

const child = spawn(projectNode(root), [path.join(root, task), ...taskArguments], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...searchPathWithProjectTools(root) },
})
// Ctrl-C reaches the child directly, and the child decides what to clean up. A signal sent to this process alone is
// passed on.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(`Cannot start ${projectNode(root)}: ${error.message}`)
  process.exit(1)
})
child.on('exit', (code, signal) => {
  process.exit(code ?? 128 + constants.signals[signal])
})
