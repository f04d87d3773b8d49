import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Dice } from '../simulation/dice.ts'
import { killRounds } from '../support/kill-rounds.ts'

let folder: string

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'killed-'))
})

afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true })
})

test(
  'a till killed while it redeems loses nothing and redeems nothing twice',
  { timeout: 120_000 },
  async () => {
    const report = await killRounds(path.join(folder, 'till.db'), 8, new Dice(4).random)
    expect(report.violations).toEqual([])
    expect(report.acknowledged).toBeGreaterThan(0)
    expect(report.booked).toBeGreaterThan(0)
  },
)
