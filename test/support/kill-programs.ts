import { readdirSync, readFileSync } from 'node:fs'

/** Ends all tills that use a data folder, also those that no test started. Linux only. */
export function killProgramsOn(userDataFolder: string): void {
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || !commandLineOf(pid).includes(`--user-data-dir=${userDataFolder}`))
      continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended together with one that was killed before.
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
