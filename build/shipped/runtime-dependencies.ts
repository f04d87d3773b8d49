import fs from 'node:fs'
import path from 'node:path'

/** Folders of packages, from the project's root: `node_modules/serialport/node_modules/debug`. */
type Folders = ReadonlySet<string>

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/**
 * The packages that are packed beside the compiled app: the dependencies of package.json and all that they depend on, as
 * package-lock.json lays them out.
 */
export function runtimeDependencies(root: string): Folders {
  const lock = readLock(path.join(root, 'package-lock.json'))
  const found = new Set<string>()
  const waiting = namesOf(lock['']).map((name) => ({ from: '', name }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const folder = resolve(lock, next.from, next.name)
    // An optional one of another platform.
    if (folder === null || found.has(folder) || !fs.existsSync(path.join(root, folder))) continue
    found.add(folder)
    for (const name of namesOf(lock[folder])) waiting.push({ from: folder, name })
  }
  return found
}

function namesOf(of: LockedPackage | undefined): string[] {
  return Object.keys({ ...of?.dependencies, ...of?.optionalDependencies })
}

/** As Node looks for a package: in its own folder, and in each above it. */
function resolve(
  lock: Readonly<Record<string, LockedPackage>>,
  from: string,
  name: string,
): string | null {
  for (let folder = from; ; folder = parentOf(folder)) {
    const candidate = path.posix.join(folder, 'node_modules', name)
    if (lock[candidate] !== undefined) return candidate
    if (folder === '') return null
  }
}

function parentOf(folder: string): string {
  const at = folder.lastIndexOf('node_modules/')
  return at <= 0 ? '' : folder.slice(0, at - 1)
}

function readLock(file: string): Readonly<Record<string, LockedPackage>> {
  const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
    fs.readFileSync(file, 'utf8'),
  )
  return lock.packages
}
