import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { leastServerVersion, type ServerProgram } from '../../contract/chain.ts'

const run = promisify(execFile)
const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server'

/** Returns the server programs in the usual places, those that will do first. Loads nothing and changes nothing. */
export async function findPrograms(): Promise<ServerProgram[]> {
  const files = [...new Set(usualFolders().map((folder) => path.join(folder, name)))]
  const found = await Promise.all(files.filter((file) => existsSync(file)).map(checkProgram))
  return found.toSorted((a, b) => Number(a.fault !== null) - Number(b.fault !== null))
}

/** Runs it for its version, and says in which way it will not do. */
export async function checkProgram(file: string): Promise<ServerProgram> {
  if (!path.isAbsolute(file) || !existsSync(file))
    return { file, version: null, fault: 'not-there' }
  const said = await versionText(file)
  if (said === null) return { file, version: null, fault: 'not-runnable' }
  const version = /^nats-server: v(\d+\.\d+\.\d+)/m.exec(said)?.[1] ?? null
  if (version === null) return { file, version, fault: 'not-nats' }
  return { file, version, fault: isTooOld(version) ? 'too-old' : null }
}

function usualFolders(): string[] {
  // As tests and developers name it (docs/chain.md).
  const named = process.env['HEXIAO_TILL_NATS_SERVER']
  const own = named === undefined || named === '' ? [] : [path.dirname(named)]
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((each) => path.isAbsolute(each))
  const home = path.join(os.homedir(), 'nats-server')
  if (process.platform !== 'win32')
    return [...own, ...onPath, '/usr/local/bin', '/usr/sbin', '/opt/homebrew/bin', home]
  const programs = process.env['ProgramFiles'] ?? String.raw`C:\Program Files`
  return [...own, ...onPath, path.join(programs, 'nats-server'), String.raw`C:\nats-server`, home]
}

/** What it says of itself; `null` where it cannot be run. */
async function versionText(file: string): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(file, ['--version'], {
      timeout: 10_000,
      windowsHide: true,
      maxBuffer: 65_536,
    })
    return stdout + stderr
  } catch (cause) {
    // It ran, and knows no such option: some other program.
    return cause instanceof Error && 'code' in cause && typeof cause.code === 'number' ? '' : null
  }
}

/** Whether it is older than the first version that was tried: Debian's 2.9 cannot write each lock through to the disk. */
function isTooOld(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, least] of leastServerVersion.split('.').map(Number).entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part < least
  }
  return false
}
