// npm run kill -- [--times N] [--seed S]: a real till on a real file, killed N times (500) at random instants.
// Ends with `N kills, N violations`; status 1 on any.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runTask } from '../../build/project.ts'
import { killRounds } from '../support/kill-rounds.ts'
import { Dice } from './dice.ts'

await runTask(async () => {
  const { values } = parseArgs({
    options: {
      times: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
    },
  })
  // On the disk and not in memory: what a killed process had written is to be read back from a real file.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kill-'))
  try {
    const random = new Dice(Number(values.seed)).random
    const report = await killRounds(path.join(folder, 'till.db'), Number(values.times), random)
    for (const violation of report.violations) console.log(`VIOLATION: ${violation}`)
    console.log(`${report.acknowledged} coupons acknowledged, ${report.booked} booked`)
    console.log(`${report.kills} kills, ${report.violations.length} violations`)
    return report.violations.length === 0 && report.acknowledged > 0 ? 0 : 1
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})
