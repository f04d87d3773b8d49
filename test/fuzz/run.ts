// npm run fuzz [-- --seed N] [-- --only PART-OF-NAME] [-- --count N] [-- --short]: plays random inputs from outside on the
// parts that read them. Prints one line for each kind, and how to play a failure again; exits with 1 after a failure.
import { parseArgs } from 'node:util'
import * as fc from 'fast-check'
import { runTask } from '../../build/project.ts'
import { apiReplies } from './kinds/api-replies.ts'
import { credentialFiles } from './kinds/credential-files.ts'
import { databaseFiles } from './kinds/database-files.ts'
import { handOverFiles } from './kinds/hand-over-files.ts'
import { messageKinds } from './kinds/messages.ts'
import { posFiles } from './kinds/pos-files.ts'
import { posRequests } from './kinds/pos-requests.ts'
import { scannedPayloads } from './kinds/scanned-payloads.ts'
import { settingsFiles } from './kinds/settings-files.ts'
import type { FuzzKind } from './kind.ts'
import { startWatchdog } from './watchdog.ts'

const all: readonly FuzzKind[] = [
  ...messageKinds,
  scannedPayloads,
  credentialFiles,
  handOverFiles,
  settingsFiles,
  databaseFiles,
  apiReplies,
  posRequests,
  posFiles,
]
/** Of the program's own thread, measured as processor time, because test machines are shared. */
const longestMs = 1000

await runTask(async () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      only: { type: 'string' },
      count: { type: 'string' },
      short: { type: 'boolean' },
    },
  })
  const seed = Number(values.seed ?? 1)
  let failures = 0
  for (const kind of all.filter(({ name }) => name.includes(values.only ?? ''))) {
    const usual = values.short === true ? kind.counts.short : kind.counts.long
    if (!(await play(kind, seed, Number(values.count ?? usual)))) failures += 1
  }
  return failures === 0 ? 0 : 1
})

async function play(kind: FuzzKind, seed: number, count: number): Promise<boolean> {
  const startedAt = performance.now()
  let longest = 0
  const again = `again: npm run fuzz -- --only ${kind.name} --seed ${seed} --count ${count}`
  const target = await kind.open()
  const watchdog = startWatchdog(`${kind.name}: an input hangs\n${again}`)
  try {
    const property = target.property(async (work) => {
      watchdog.alive()
      const before = process.threadCpuUsage()
      await work()
      const { user, system } = process.threadCpuUsage(before)
      const ms = (user + system) / 1000
      longest = Math.max(longest, ms)
      if (ms > longestMs) throw new Error(`it kept the thread busy for ${Math.round(ms)} ms`)
    })
    await fc.assert(property, { seed, numRuns: count, endOnFailure: true })
  } catch (cause) {
    // Without the input, which may be a whole file: the seed makes it again.
    console.error(cause instanceof Error ? (cause.cause ?? cause) : cause)
    console.error(again)
    await target.close().catch(() => undefined)
    return false
  } finally {
    await watchdog.stop()
  }
  const happened = await target.close()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const busiest = longest.toFixed(0)
  console.log(
    `${kind.name}: ${count} from seed ${seed}, ${happened}; longest ${busiest} ms (${seconds} s)`,
  )
  return true
}
