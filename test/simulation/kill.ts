// npm run kill -- [--times N] [--seed S]: kills the process of a real till on a real file N times (500) at random
// instants. With --pos: the till, a POS that it is linked to, or both, between an order and its answer. Prints `N kills, N violations`; exits with 1 on any violation.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runTask } from '../../build/project.ts'
import { killRounds } from '../support/kill-rounds.ts'
import { posKillRounds } from '../support/pos-kill-rounds.ts'
import { Dice } from './dice.ts'

await runTask(async () => {
  const { values } = parseArgs({
    options: {
      times: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      pos: { type: 'boolean', default: false },
    },
  })
  // On a disk and not in memory, because what a killed process wrote must be read back from a real file.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kill-'))
  try {
    const random = new Dice(Number(values.seed)).random
    if (values.pos) {
      const done = await posKillRounds(path.join(folder, 'till.db'), Number(values.times), random)
      for (const violation of done.violations) console.log(`VIOLATION: ${violation}`)
      console.log(`${done.booked} coupons deducted by the POS`)
      console.log(`${done.kills} kills, ${done.violations.length} violations`)
      return done.violations.length === 0 ? 0 : 1
    }
    const report = await killRounds(path.join(folder, 'till.db'), Number(values.times), random)
    for (const violation of report.violations) console.log(`VIOLATION: ${violation}`)
    console.log(`${report.acknowledged} coupons acknowledged, ${report.booked} booked`)
    console.log(`${report.kills} kills, ${report.violations.length} violations`)
    return report.violations.length === 0 && report.acknowledged > 0 ? 0 : 1
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})
