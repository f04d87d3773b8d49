import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { runOrThrow } from '../command.ts'

const elfMagic = 0x7f_45_4c_46

/**
 * The Debian packages that the binaries below `folder` are linked with, as `dpkg-shlibdeps` finds them, each with its
 * least version: `libc6 (>= 2.35)`. Throws when a library belongs to no package of this machine.
 */
export async function sharedLibraryPackages(folder: string): Promise<string[]> {
  // It reads debian/control of the folder that it runs in.
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-shlibdeps-'))
  try {
    fs.mkdirSync(path.join(place, 'debian'))
    fs.writeFileSync(
      path.join(place, 'debian/control'),
      'Source: none\n\nPackage: none\nArchitecture: any\n',
    )
    const binaries = binariesIn(folder).map((file) => `-e${file}`)
    const output = await runOrThrow('dpkg-shlibdeps', ['-O', `-l${folder}`, ...binaries], {
      cwd: place,
    })
    const [, found = ''] = /^shlibs:Depends=(.*)$/m.exec(output) ?? []
    return found.split(', ').filter((each) => each !== '')
  } finally {
    fs.rmSync(place, { recursive: true })
  }
}

function binariesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(isElf)
}

function isElf(file: string): boolean {
  const start = Buffer.alloc(4)
  const descriptor = fs.openSync(file, 'r')
  try {
    fs.readSync(descriptor, start)
  } finally {
    fs.closeSync(descriptor)
  }
  return start.readUInt32BE(0) === elfMagic
}
