import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseJson } from '../contract/json.ts'
import { plainFields } from './plain-fields.ts'

/** In pixels that are independent of the screen's scaling. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Screen {
  readonly id: number
  readonly bounds: Area
  readonly workArea: Area
}

interface Kept {
  readonly screen: number
  /** Where that screen was: ids change with the socket that a monitor is plugged into. */
  readonly x: number
  readonly y: number
}

function placeFile(userData: string): string {
  return path.join(userData, 'window.json')
}

/** On which screen the window was last; `null` before the first time, and when that cannot be read. */
export function readPlace(userData: string): Kept | null {
  try {
    const text = readFileSync(placeFile(userData), 'utf8')
    const { screen, x, y } = plainFields(parseJson(text))
    if (typeof screen !== 'number' || typeof x !== 'number' || typeof y !== 'number') return null
    return { screen, x, y }
  } catch {
    // Not there, or not ours to read: the window opens where the system puts it.
    return null
  }
}

/** Remembers on which screen the window is. Throws when the disk refuses. */
export function keepPlace(userData: string, { id, bounds }: Pick<Screen, 'id' | 'bounds'>): void {
  const file = placeFile(userData)
  mkdirSync(userData, { recursive: true, mode: 0o700 })
  const kept = { screen: id, x: bounds.x, y: bounds.y } satisfies Kept
  writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The screen that the window was on, as long as it is there; `null`: where the system puts it. */
export function screenFor(kept: Kept | null, screens: readonly Screen[]): Screen | null {
  if (kept === null) return null
  const known = screens.find(({ id }) => id === kept.screen)
  const there = screens.find(({ bounds }) => bounds.x === kept.x && bounds.y === kept.y)
  return known ?? there ?? null
}

/** A window of this size in the middle of a screen, no larger than it. */
export function centredOn({ workArea }: Screen, size: Pick<Area, 'width' | 'height'>): Area {
  const width = Math.min(size.width, workArea.width)
  const height = Math.min(size.height, workArea.height)
  return {
    width,
    height,
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: Math.round(workArea.y + (workArea.height - height) / 2),
  }
}
