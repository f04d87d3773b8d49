import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const names = new URL('../../../main/backup/backup-names.ts', import.meta.url).href

/** In a process of its own, because a thread cannot change its time zone. */
function nameIn(timeZone: string, at: string): string {
  const program = `
    const { nextBackupName } = await import(${JSON.stringify(names)})
    process.stdout.write(nextBackupName([], 'x-', Date.parse('${at}')))`
  const env = { ...process.env, TZ: timeZone }
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    env,
    encoding: 'utf8',
  })
}

test('a backup is named by the time on the wall', () => {
  const at = '2026-11-23T18:30:05Z'
  expect(nameIn('Asia/Shanghai', at)).toBe('x-20261124-023005.db')
  expect(nameIn('UTC', at)).toBe('x-20261123-183005.db')
})
