// What Electron starts when it carries no app of its own: loads the app whose path is on the command line, as
// Electron's own default app does, and lets every thread load better-sqlite3 (`load-addons.cjs`).
import { app } from 'electron'
import fs from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import threads from 'node:worker_threads'

const require = createRequire(import.meta.url)
const addonLoader = require.resolve('./load-addons.cjs')
require(addonLoader)
threads.Worker = class extends threads.Worker {
  constructor(program, options = {}) {
    const execArgv = [...(options.execArgv ?? []), '--require', addonLoader]
    super(program, { ...options, execArgv })
  }
}
syncBuiltinESMExports()

const commandLine = readCommandLine(process.argv.slice(1))
if (commandLine.target === undefined) throw new Error('usage: electron PATH_TO_APP')
for (const preload of commandLine.preloads) require(preload)
await start(commandLine.target)

/** Test drivers put `-r FILE` and Chromium switches in front of the app's path. */
function readCommandLine(words) {
  const preloads = []
  let target
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]
    if (word === '-r' || word === '--require') {
      index += 1
      preloads.push(path.resolve(words[index]))
    } else if (!word.startsWith('-') && target === undefined) {
      target = path.resolve(word)
    }
  }
  return { preloads, target }
}

async function start(place) {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  const isFolder = fs.statSync(place).isDirectory()
  const folder = isFolder ? place : path.dirname(place)
  const manifestFile = path.join(folder, 'package.json')
  const manifest = fs.existsSync(manifestFile)
    ? JSON.parse(fs.readFileSync(manifestFile, 'utf8'))
    : {}
  const name = manifest.productName ?? manifest.name
  if (name !== undefined) app.setName(name)
  if (manifest.version !== undefined) app.setVersion(manifest.version)
  app.setAppPath(folder)
  const entry = isFolder ? path.resolve(folder, manifest.main ?? 'index.js') : place
  await import(pathToFileURL(entry).href)
}
