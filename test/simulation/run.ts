// npm run simulate -- --seeds N [--from S] [--minutes M]: plays N shops (or as many as fit into the minutes), each
// determined by its seed. Prints `N seeds, N violations`; exits with 1 on any violation. A failing seed prints its
// whole history and can be played again with `--from SEED --seeds 1`. Asked to stop, it ends after the current seed.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { check } from './check.ts'
import { Dice } from './dice.ts'
import { playShop } from './shop.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    /** Stop after the first seed that fails. */
    'until-failure': { type: 'boolean', default: false },
    history: { type: 'boolean', default: false },
  },
})
const seeds = Number(values.seeds)
const from = Number(values.from)
const longestMs = values.minutes === undefined ? Infinity : Number(values.minutes) * 60_000
let isToldToEnd = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => (isToldToEnd = true))

// A folder in memory where there is one: a seed makes hundreds of commits, and a power cut is played by truncating the
// log.
const memory = '/dev/shm'
const base = fs.mkdtempSync(path.join(fs.existsSync(memory) ? memory : os.tmpdir(), 'simulate-'))
const totals = new Map<string, number>()
let violations = 0
let played = 0
const startedAt = performance.now()
try {
  for (let seed = from; seed < from + seeds; seed += 1) {
    if (isToldToEnd || performance.now() - startedAt > longestMs) break
    const folder = path.join(base, String(seed))
    fs.mkdirSync(folder)
    // One seed at a time: a process has one simulated world.
    const shop = await playShop(new Dice(seed), folder)
    const found = check(shop)
    fs.rmSync(folder, { recursive: true })
    played += 1
    for (const [kind, count] of shop.history.counts)
      totals.set(kind, (totals.get(kind) ?? 0) + count)
    if (found.length > 0 || values.history) {
      console.log(
        `\nseed ${seed}\n${JSON.stringify({ ...shop.plan, events: shop.plan.events.length })}`,
      )
      console.log(shop.history.lines.join('\n'))
      for (const what of found) console.log(`VIOLATION: ${what}`)
      if (found.length > 0) console.log(`again: npm run simulate -- --from ${seed} --seeds 1`)
    }
    violations += found.length
    if (found.length > 0 && values['until-failure']) break
  }
} finally {
  fs.rmSync(base, { recursive: true, force: true })
}
const rows = [...totals].toSorted(([one], [other]) => one.localeCompare(other))
console.log(`played: ${rows.map(([kind, count]) => `${count} × ${kind}`).join(', ')}`)
console.log(`in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
console.log(`${played} seeds, ${violations} violations`)
process.exitCode = violations === 0 ? 0 : 1
