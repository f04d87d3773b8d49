import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { World } from './world.ts'

/**
 * Returns the world as it was last saved; `null` when there is none. A file that cannot be read, or is of another
 * version, is renamed to `….bad`, which loses nothing but practice data.
 */
export function loadWorld(path: string): World | null {
  if (!existsSync(path)) return null
  const world = World.safeParse(parse(readFileSync(path, 'utf8')))
  if (world.success) return world.data
  renameSync(path, `${path}.bad`)
  return null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the schema refuses it.
    return null
  }
}

/**
 * Writes the file completely or not at all. On the disk when it returns, so that no effect that was replied is lost.
 */
export function saveWorld(path: string, world: World): void {
  const next = `${path}.next`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(next, 'w', 0o600)
  try {
    writeFileSync(file, JSON.stringify(world))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(next, path)
}
