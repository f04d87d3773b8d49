import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { packageSets } from '../../build/system-packages.ts'

interface Library {
  /** As the binary names it, e.g. "libusb-1.0.so.0". */
  readonly name: string
  /** The path that the system's loader finds; `null` where it finds none. */
  readonly file: string | null
}

/** Bytes of an ELF header up to and including the processor field. */
const elfHeaderBytes = 20
const elfMagic = 0x7f_45_4c_46

/** Returns the programs and libraries below `folder` that this machine's processor can run. */
export function nativeBinariesIn(folder: string): string[] {
  const ours = processorOf(process.execPath)
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => processorOf(file) === ours)
    .toSorted()
}

/** Returns the processor that the file is for; `null` when the file is not ELF. */
function processorOf(file: string): number | null {
  const header = Buffer.alloc(elfHeaderBytes)
  const descriptor = fs.openSync(file, 'r')
  try {
    fs.readSync(descriptor, header)
  } finally {
    fs.closeSync(descriptor)
  }
  return header.readUInt32BE(0) === elfMagic ? header.readUInt16LE(elfHeaderBytes - 2) : null
}

/** Returns the libraries that a binary is linked with, directly or indirectly; none for a static one. */
export function librariesOf(binary: string): Library[] {
  const { error, stdout } = spawnSync('ldd', [binary], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  if (error) throw error
  return stdout.split('\n').flatMap((line) => {
    const [, name, found] = /^\t(\S+) => (\/\S+|not found)/.exec(line) ?? []
    if (name === undefined || found === undefined) return []
    return [{ name, file: found === 'not found' ? null : found }]
  })
}

/**
 * Whether they include musl's C library; Electron and Node use another, so that no program here loads such a binary.
 */
export function isForMusl(libraries: readonly Library[]): boolean {
  return libraries.some(({ name }) => name.startsWith('libc.musl-'))
}

export function hasDpkg(): boolean {
  return spawnSync('dpkg-query', ['--version']).error === undefined
}

/**
 * Returns those of these system files, each with its package, whose package is neither in `packageSets.app` nor
 * installed as a dependency of it: they would be missing on a fresh machine.
 */
export function unlistedLibraries(files: ReadonlySet<string>): string[] {
  const comesWithApp = withDependencies(packageSets.app.flat())
  return [...files].flatMap((file) => {
    const owner = packageOf(file)
    return comesWithApp.has(owner) ? [] : [`${file} of ${owner}`]
  })
}

function packageOf(file: string): string {
  // A package may own /lib/… where the loader reports /usr/lib/…, or the reverse; both are the same folder.
  const names = [file, `/usr${file}`, file.replace(/^\/usr/, '')]
  const { stdout } = spawnSync('dpkg-query', ['-S', ...new Set(names)], { encoding: 'utf8' })
  return /^([^\s:,]+)/.exec(stdout)?.[1] ?? 'no package'
}

interface Installed {
  readonly name: string
  /** Other names for the package. */
  readonly provides: readonly string[]
  /** One package of each row is needed. */
  readonly needs: readonly (readonly string[])[]
}

/** Adds dependencies, but not recommended packages, which apt is told to leave out. */
function withDependencies(listed: readonly string[]): Set<string> {
  const installed = new Map<string, Installed>()
  for (const one of installedPackages())
    for (const name of [...one.provides, one.name]) installed.set(name, one)
  const reached = new Set<string>()
  const open = [...listed]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const found = installed.get(name)
    if (found === undefined || reached.has(found.name)) continue
    reached.add(found.name)
    for (const row of found.needs)
      open.push(...row.filter((need) => installed.has(need)).slice(0, 1))
  }
  return reached
}

function installedPackages(): Installed[] {
  const format = '${Package}\t${Provides}\t${Pre-Depends}\t${Depends}\n'
  const lines = execFileSync('dpkg-query', ['-W', '-f', format], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [name = '', provides = '', preDepends = '', depends = ''] = line.split('\t')
    if (name === '') return []
    const needs = [...namesIn(preDepends), ...namesIn(depends)]
    return [{ name, provides: namesIn(provides).flat(), needs }]
  })
}

/** Parses "a (>= 1), b:any | c" as [[a], [b, c]]. */
function namesIn(field: string): string[][] {
  const rows = field.split(',').filter((row) => row.trim() !== '')
  return rows.map((row) => row.split('|').map((name) => name.trim().replace(/[\s:(].*$/, '')))
}
