import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { World } from './world.ts'

/** The world as it was last saved; `null` when there is no file yet. Throws on a file that is no world. */
export function loadWorld(path: string): World | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  return World.parse(JSON.parse(text))
}

/** Whole or not at all, and on the disk before it returns: what the stand-in has answered survives its end. */
export function saveWorld(path: string, world: World): void {
  const next = `${path}.next`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(next, 'w', 0o600)
  try {
    writeSync(file, JSON.stringify(world))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(next, path)
}
