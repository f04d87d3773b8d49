import { readdirSync, readFileSync } from 'node:fs'

/** Ends the tills that run on a folder of data, those that no test started included. Linux alone. */
export function killProgramsOn(userDataFolder: string): void {
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || !commandLineOf(pid).includes(`--user-data-dir=${userDataFolder}`))
      continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended with the one before it.
    }
  }
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
