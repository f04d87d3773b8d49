import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectNode, searchPathWithProjectTools } from './project-node.mjs'

const pausesBeforeRetryMs = [3_000, 10_000]

/** Installs the packages of package-lock.json unless node_modules holds exactly these. */
export async function installPackages(root) {
  if (isInstalled(root)) return
  console.log('Installing npm packages…')
  for (const pauseMs of [...pausesBeforeRetryMs, undefined]) {
    if (npm(root, ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'])) break
    if (pauseMs === undefined)
      throw new Error('npm could not install the packages; its message is above.')
    console.log(`That failed. Trying again in ${pauseMs / 1000} s…`)
    await sleep(pauseMs)
  }
  // An optional package that needs a newer Node than the machine's is left out without a word. Now there is one.
  if (isAnyLeftOutByAge(root))
    npm(root, ['install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund'], true)
  if (!isInstalled(root)) {
    throw new Error('npm finished, but node_modules is not what package-lock.json asks for.')
  }
}

/**
 * Whether an optional package for this platform is missing that asks for a newer Node than this one. It may be missing for
 * another reason, so that it is no error where it still is afterwards.
 */
function isAnyLeftOutByAge(root) {
  const wanted = readPackages(path.join(root, 'package-lock.json')) ?? {}
  const installed = readPackages(path.join(root, 'node_modules/.package-lock.json')) ?? {}
  const present = Number.parseInt(process.versions.node, 10)
  return Object.entries(wanted).some(([place, { optional, engines, os }]) => {
    if (optional !== true || installed[place] !== undefined) return false
    const ranges = engines?.node?.split('||') ?? []
    const least = ranges.map((range) => Number.parseInt(range.replace(/^\D*/, ''), 10))
    const isTooOld = least.length > 0 && least.every((major) => major > present)
    return isTooOld && (os ?? [process.platform]).includes(process.platform)
  })
}

/**
 * Returns true when node_modules holds every package of the lock file. npm writes node_modules/.package-lock.json last,
 * so an interrupted install counts as missing.
 */
function isInstalled(root) {
  if (!fs.existsSync(projectNode(root))) return false
  const wanted = readPackages(path.join(root, 'package-lock.json'))
  const installed = readPackages(path.join(root, 'node_modules/.package-lock.json'))
  if (wanted === undefined || installed === undefined) return false
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true
    const found = installed[place]
    if (found === undefined) return entry.optional === true || entry.devOptional === true
    return found.version === entry.version && found.integrity === entry.integrity
  })
}

function readPackages(file) {
  if (!fs.existsSync(file)) return undefined
  return JSON.parse(fs.readFileSync(file, 'utf8')).packages
}

/** `withProjectNode`: npm runs under the Node that package.json pins, and not under the machine's. */
function npm(root, npmArguments, withProjectNode = false) {
  // Started by an npm script, this uses the same npm; otherwise the one on the path (a .cmd on Windows, which needs a
  // shell).
  const ownNpm = process.env.npm_execpath
  const [command, leading] =
    ownNpm !== undefined && /\.c?js$/.test(ownNpm)
      ? [withProjectNode ? projectNode(root) : process.execPath, [ownNpm]]
      : ['npm', []]
  const result = spawnSync(command, [...leading, ...npmArguments], {
    cwd: root,
    stdio: 'inherit',
    env: withProjectNode ? { ...process.env, ...searchPathWithProjectTools(root) } : process.env,
    shell: command === 'npm' && process.platform === 'win32',
  })
  if (result.error !== undefined) console.error(`npm did not start: ${result.error.message}`)
  return result.status === 0
}
