// Gives better-sqlite3 the binary that this older runtime can load. Required by the app's own thread and by every other.
const fs = require('node:fs')
const path = require('node:path')

const loadAddon = process.dlopen.bind(process)
process.dlopen = (module, file, ...flags) => loadAddon(module, loadableHere(file), ...flags)

function loadableHere(file) {
  const place = /^(.*[\\/]better-sqlite3)[\\/]prebuilds[\\/]/.exec(file)
  if (place === null) return file
  const { version } = JSON.parse(fs.readFileSync(path.join(place[1], 'package.json'), 'utf8'))
  return path.join(path.dirname(process.execPath), 'better-sqlite3', `${version}.node`)
}
