import { listPackage, statFile } from '@electron/asar'
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** The list that a package is held against; of Linux on x64, because natives have other names elsewhere. */
export const contentsFile = path.join(import.meta.dirname, 'contents.txt')

/**
 * What the app brings beside Electron, sorted: files outside of the archive, and in it the kinds of files that each package
 * has, and each folder of ours. Single names would change with every version of a package and every build.
 */
export function contentsOf(resources: string): string[] {
  const outside = filesBelow(resources).filter((file) => file !== 'app.asar')
  const kinds = new Map<string, Set<string>>()
  for (const file of archivedFiles(path.join(resources, 'app.asar'))) {
    const owner = ownerOf(file)
    const kind = path.posix.extname(file) || path.posix.basename(file)
    kinds.set(owner, (kinds.get(owner) ?? new Set()).add(kind))
  }
  const archived = [...kinds].map(([owner, of]) => `${owner}: ${[...of].toSorted().join(' ')}`)
  return [...outside, ...archived].toSorted()
}

function archivedFiles(archive: string): string[] {
  return listPackage(archive, { isPack: false })
    .map((file) => file.replaceAll('\\', '/').slice(1))
    .filter((file) => !('files' in statFile(archive, file)))
}

/** The package that a file is of, or our own folder. */
function ownerOf(file: string): string {
  const [packageFolder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []
  return packageFolder ?? path.posix.dirname(file)
}

/** Bytes of all that, compressed as a whole. */
export function compressedSize(resources: string): number {
  const all = filesBelow(resources).map((file) => fs.readFileSync(path.join(resources, file)))
  return gzipSync(Buffer.concat(all), { level: 9 }).length
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
}
