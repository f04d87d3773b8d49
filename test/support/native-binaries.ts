import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { packageSets } from '../../build/system-packages.ts'

interface Library {
  /** As the binary names it: "libusb-1.0.so.0". */
  readonly name: string
  /** Where the system's loader finds it; null where it does not. */
  readonly file: string | null
}

/** Bytes of an ELF header up to and with the processor that the file is for. */
const elfHeaderBytes = 20
const elfMagic = 0x7f_45_4c_46

/** Programs and libraries below `folder` that this machine's processor can run. */
export function nativeBinariesIn(folder: string): string[] {
  const ours = processorOf(process.execPath)
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => processorOf(file) === ours)
    .toSorted()
}

/** null for a file that is no ELF. */
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

/** What a binary is linked with, and what that is linked with; nothing for one that is linked with nothing. */
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

/** Linked with another C library than Electron and Node are: no program here loads it. */
export function isForMusl(libraries: readonly Library[]): boolean {
  return libraries.some(({ name }) => name.startsWith('libc.musl-'))
}

export function hasDpkg(): boolean {
  return spawnSync('dpkg-query', ['--version']).error === undefined
}

/**
 * Of these files of the system those whose package `packageSets.app` neither names nor brings in with what it names:
 * on a fresh machine they are missing. Each with its package.
 */
export function unlistedLibraries(files: ReadonlySet<string>): string[] {
  const comesWithApp = withDependencies(packageSets.app.flat())
  return [...files].flatMap((file) => {
    const owner = packageOf(file)
    return comesWithApp.has(owner) ? [] : [`${file} of ${owner}`]
  })
}

function packageOf(file: string): string {
  // A package may own /lib/… where the loader sees /usr/lib/…, and the other way round: they are one folder.
  const names = [file, `/usr${file}`, file.replace(/^\/usr/, '')]
  const { stdout } = spawnSync('dpkg-query', ['-S', ...new Set(names)], { encoding: 'utf8' })
  return /^([^\s:,]+)/.exec(stdout)?.[1] ?? 'no package'
}

interface Installed {
  readonly name: string
  /** Other names that it goes by. */
  readonly provides: readonly string[]
  /** One of each row is needed. */
  readonly needs: readonly (readonly string[])[]
}

/** Without what is merely recommended: apt is told to leave that out. */
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

/** "a (>= 1), b:any | c" as [[a], [b, c]]. */
function namesIn(field: string): string[][] {
  const rows = field.split(',').filter((row) => row.trim() !== '')
  return rows.map((row) => row.split('|').map((name) => name.trim().replace(/[\s:(].*$/, '')))
}
