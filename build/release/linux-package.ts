import type { Installer, InstallerOptions } from 'electron-installer-debian'
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { projectRoot } from '../project.ts'
import type { Description } from './description.ts'

/** Of what, and where to, a package is made. */
export interface LinuxPackage {
  readonly description: Description
  /** The app's folder, as electron-builder packed it. */
  readonly app: string
  /** The folder that the package is written to. */
  readonly to: string
  /** Release time, in epoch milliseconds. */
  readonly at: number
}

/** The files of `build/release/linux/`. */
export function linuxFile(name: string): string {
  return path.join(import.meta.dirname, 'linux', name)
}

/** What deb and rpm say alike. Everything here is at hand in the templates too. */
export function commonOptions({
  description,
  app,
  to,
  at,
}: LinuxPackage): InstallerOptions & Record<string, unknown> {
  const { synopsis, description: whole, maintainer, category, icons, ...rest } = description
  return {
    ...rest,
    src: app,
    dest: to,
    bin: description.name,
    synopsis,
    description: synopsis,
    productDescription: whole,
    maintainer,
    developer: maintainer.replace(/ <.*$/, ''),
    categories: [category],
    icon: icons,
    desktopTemplate: linuxFile('desktop.ejs'),
    date: new Date(at).toISOString().slice(0, 10),
    logger: () => {},
    arch: '',
    rename: (folder: string, file: string) => path.join(folder, file),
  }
}

/** Adds what the two installers do not know of: terms of all parts, AppStream, manual page. */
export async function addOwnFiles(
  installer: Installer,
  { description: { id, name } }: LinuxPackage,
): Promise<void> {
  const share = path.join(installer.stagingDir, installer.baseAppDir, 'share')
  const metainfo = path.join(share, 'metainfo', `${id}.metainfo.xml`)
  await installer.createTemplatedFile(linuxFile('metainfo.ejs'), metainfo, 0o644)
  const manual = path.join(share, 'man/man1', `${name}.1.gz`)
  put(manual, gzipSync(fs.readFileSync(linuxFile(`${name}.1`)), { level: 9 }))
  const ours = fs.readFileSync(path.join(projectRoot, 'LICENSE'), 'utf8')
  const others = `The terms of what ${name} is made of: /usr/lib/${name}/resources/licences.txt\n`
  put(path.join(share, 'doc', name, 'copyright'), `${ours}\n${others}`)
}

/** Electron's own archive has its libraries executable, which they need not be. */
export function makeLibrariesPlain(installer: Installer): void {
  const folder = installer.stagingAppDir
  for (const file of fs.readdirSync(folder).filter((name) => /\.so(\.\d+)?$/.test(name)))
    fs.chmodSync(path.join(folder, file), 0o644)
}

/** `/usr/bin/NAME`: `NAME pos …` is answered by the small program, without a start of Electron. */
export function putStarter(
  installer: Installer,
  { description: { name } }: LinuxPackage,
): Promise<void> {
  const file = path.join(installer.stagingDir, installer.baseAppDir, 'bin', name)
  return installer.createTemplatedFile(linuxFile('starter.ejs'), file, 0o755)
}

/** By this electron-updater knows how the program is replaced. */
export function markPackage(installer: Installer, type: 'deb' | 'rpm'): void {
  put(path.join(installer.stagingAppDir, 'resources/package-type'), `${type}\n`)
}

export function put(file: string, content: string | Uint8Array, mode = 0o644): void {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, content, { mode })
}

/** Runs the steps of an installer. Returns the file that it wrote. */
export async function build(installer: Installer): Promise<string> {
  await installer.generateDefaults()
  installer.generateOptions()
  await installer.createStagingDir()
  await installer.createContents()
  await installer.createPackage()
  await installer.movePackage()
  const [file] = installer.options.packagePaths
  if (file === undefined) throw new Error('no package was written')
  return file
}
