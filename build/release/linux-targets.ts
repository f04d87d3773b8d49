import fs from 'node:fs'
import path from 'node:path'
import { runOrThrow } from '../command.ts'
import { projectTool } from '../project-tool.ts'
import { TaskError } from '../project.ts'
import { buildDeb } from './deb.ts'
import type { LinuxPackage } from './linux-package.ts'
import { buildRpm } from './rpm.ts'

export type Built =
  | { readonly target: string; readonly file: string }
  | { readonly target: string; readonly why: string }

/** A program, and the Debian package that has it. */
interface Tool {
  readonly program: string
  readonly of: string
}

interface Target {
  readonly tools: readonly Tool[]
  readonly build: (of: LinuxPackage) => Promise<string>
}

/** Our own where electron-builder would download a program to build with (docs/decisions/0046-packages.md). */
const ours: Readonly<Record<string, Target>> = {
  deb: {
    tools: [{ program: 'dpkg-shlibdeps', of: 'dpkg-dev' }],
    build: (of) => buildDeb(of, { compression: 'xz' }),
  },
  rpm: { tools: [{ program: 'rpmbuild', of: 'rpm' }], build: buildRpm },
  zip: { tools: [{ program: '7zz', of: '7zip' }], build: (of) => byElectronBuilder('zip', of) },
}

/** Builds one kind of package, or tells why it cannot be built here. */
export async function buildTarget(target: string, of: LinuxPackage): Promise<Built> {
  const { tools, build } = ours[target] ?? { tools: [], build: () => byElectronBuilder(target, of) }
  const missing = tools.find(({ program }) => find(program) === null)
  if (missing !== undefined)
    return { target, why: `${missing.program} is not here (Debian's package ${missing.of})` }
  try {
    return { target, file: await build(of) }
  } catch (error) {
    if (!(error instanceof TaskError)) throw error
    return { target, why: reasonIn(error.message) }
  }
}

/** Returns the file that it wrote. */
async function byElectronBuilder(target: string, { app, to }: LinuxPackage): Promise<string> {
  const place = fs.mkdtempSync(path.join(to, `${target}-`))
  const command = [projectTool('electron-builder'), '--publish=never', '--prepackaged', app]
  const output = `-c.directories.output=${place}`
  const sevenZip = find('7zz')
  const env = {
    ...process.env,
    ...(sevenZip === null ? {} : { ELECTRON_BUILDER_7ZIP_PATH: sevenZip }),
  }
  try {
    await runOrThrow(process.execPath, [...command, '--linux', target, output], { env })
    const [made] = fs.readdirSync(place).filter((file) => file.endsWith(`.${target}`))
    if (made === undefined) throw new TaskError(`electron-builder wrote no ${target}`)
    const file = path.join(to, made.replaceAll(' ', '-'))
    fs.renameSync(path.join(place, made), file)
    return file
  } finally {
    fs.rmSync(place, { recursive: true })
  }
}

/** electron-builder's own words for what failed, without its stack: `getaddrinfo ENOTFOUND github.com`. */
export function reasonIn(message: string): string {
  const lines = message.split('\n')
  const told = lines.find((line) => line.includes('error=')) ?? lines.find((line) => /⨯/.test(line))
  return (told ?? lines.slice(0, 2).join(' '))
    .replace(/^.*error=/, '')
    .replace(/^\s*⨯\s*/, '')
    .trim()
}

function find(program: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((each) => each !== '')
  const file = folders.map((folder) => path.join(folder, program)).find(isExecutable)
  return file ?? null
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return true
  } catch {
    // Not there, or not for us.
    return false
  }
}
