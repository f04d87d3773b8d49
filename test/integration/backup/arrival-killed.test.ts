import SQLite from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { backupPassword, LostComputer } from '../../support/lost-computer.ts'

const program = path.join(import.meta.dirname, '../../support/arrival-process.ts')
const Said = z.object({
  atStart: z.enum(['nothing', 'moved']),
  isThere: z.boolean(),
  steps: z.number(),
})
const Keychain = z.record(z.string(), z.string())

test('a restore that is killed at any step has moved the till or has not begun, and ends when it is done again', async () => {
  const shop = await LostComputer.open()
  const backup = await shop.backUp()
  const seen = new Set<string>()
  let last: { readonly step: number; readonly status: number | null } | null = null
  for (let step = 1; ; step += 1) {
    const computer = path.join(shop.stick, `computer-${step}`)
    const folder = path.join(computer, 'live')
    mkdirSync(folder, { recursive: true })
    const run = (at: number) =>
      spawnSync(process.execPath, [program, folder, backup, backupPassword, String(at)], {
        encoding: 'utf8',
      })
    const killed = run(step)
    // More steps than there are: it came to its end.
    if (killed.signal !== 'SIGKILL') {
      last = { step, status: killed.status }
      break
    }
    const again = run(0)
    if (again.status !== 0) throw new Error(again.stderr)
    const said = Said.parse(JSON.parse(again.stdout))
    seen.add(said.atStart)
    expect(said.isThere).toBe(true)
    expect(
      readdirSync(folder).filter((name) => /arriving|incoming|restor|rescued/.test(name)),
    ).toEqual([])
    expect(existsSync(path.join(folder, 'profile.json'))).toBe(true)
    const keychain = Keychain.parse(
      JSON.parse(readFileSync(path.join(computer, 'keychain.json'), 'utf8')),
    )
    expect(Object.keys(keychain).toSorted()).toEqual(['backup-escrow', 'data-key', 'till-anchor'])
    const database = new SQLite(path.join(folder, 'till.db'), { readonly: true })
    expect(database.prepare('SELECT count(*) FROM redemption').pluck().get()).toBe(70)
    expect(database.prepare('SELECT how FROM lost_time').pluck().get()).toBe('restored')
    database.close()
  }
  expect(last).toMatchObject({ status: 0 })
  expect(last?.step).toBeGreaterThan(8)
  // Both sides of the moment at which it is decided were met.
  expect(seen).toEqual(new Set(['nothing', 'moved']))
}, 120_000)
