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
 * The world as it was last saved; `null` when there is none. A file that is no world of this version (it holds practice
 * data alone) is put aside as `….bad`, and training starts afresh.
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
    // Cut off or overwritten: no world, as the caller finds.
    return null
  }
}

/** Whole or not at all, and on the disk before it returns: what the stand-in has answered survives its end. */
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
