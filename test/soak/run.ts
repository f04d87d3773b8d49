// npm run soak -- [--scans N] [--instants N] [--seed S]: a day of trade in the real app (3,000 scans with outages, half an hour), and
// its end at random instants (100). Prints figures and violations; exits with 1 on any violation.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { quantile } from '../../renderer/scanner/statistics.ts'
import { seeded } from '../bench/corpus/random.ts'
import { spawnStandIn } from '../support/spawn-stand-in.ts'
import { violations } from './books.ts'
import { endAtInstants } from './instants.ts'
import { type Sample, slopeOf } from './samples.ts'
import { keyboardOfShop, type Shop } from './shop.ts'
import { trade } from './trade.ts'

const { values } = parseArgs({
  options: {
    scans: { type: 'string', default: '3000' },
    instants: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
  },
})
const random = seeded(Number(values.seed))
const found: string[] = []

await inShop(async (shop) => {
  const { samples, verdictMs, again } = await trade(shop, Number(values.scans))
  const of = (say: (sample: Sample) => number) => {
    const at = (sample: Sample | undefined) => (sample ? say(sample).toFixed(1) : '-')
    const slope = slopeOf(samples, say).toFixed(2)
    return `${at(samples[1])} at first, ${at(samples.at(-1))} at last, ${slope} per 1,000 scans`
  }
  console.log(`${shop.shown.size} coupons judged; ${again} scans made once more`)
  console.log(`memory, MB: ${of(({ memoryMb }) => memoryMb)}`)
  console.log(`handles: ${of(({ handles }) => handles)}`)
  console.log(`frames, median ms: ${of(({ frameMs }) => frameMs.median)}`)
  console.log(`frames, p99 ms: ${of(({ frameMs }) => frameMs.p99)}`)
  const half = verdictMs.length >> 1
  for (const [what, part] of [
    ['first', verdictMs.slice(0, half)],
    ['second', verdictMs.slice(half)],
  ] as const)
    console.log(
      `scan to verdict, ${what} half, ms: median ${quantile(part, 0.5).toFixed(0)}, p99 ${quantile(part, 0.99).toFixed(0)}`,
    )
})
await inShop(async (shop) => {
  found.push(...(await endAtInstants(shop, Number(values.instants))))
  console.log(`${values.instants} ends, ${shop.shown.size} coupons judged`)
})
for (const each of found) console.log(`VIOLATION: ${each}`)
console.log(`${found.length} violations`)
process.exitCode = found.length === 0 ? 0 : 1

/** Each part has a till of its own; its books are looked at when it has closed. */
async function inShop(work: (shop: Shop) => Promise<void>): Promise<void> {
  const standIn = await spawnStandIn()
  const userDataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-soak-'))
  const shop = {
    standIn,
    userDataFolder,
    random,
    keyboard: keyboardOfShop(),
    shown: new Set<string>(),
  }
  try {
    await standIn.control.behave({ requestsPerSecond: null })
    await work(shop)
    const ledger = await standIn.control.ledger({})
    found.push(...violations(path.join(userDataFolder, 'training/till.db'), ledger, shop.shown))
  } finally {
    await standIn.stop()
    fs.rmSync(userDataFolder, { recursive: true, force: true, maxRetries: 5 })
  }
}
