import { setTimeout as sleep } from 'node:timers/promises'
import { whole } from '../bench/corpus/random.ts'
import { killProgramsOn } from '../support/kill-programs.ts'
import type { TillApp } from '../support/till-app.ts'
import { openTill, scanOne, settle, type Shop } from './shop.ts'

export const ends = ['SIGTERM', 'SIGKILL', 'page-crash', 'session-end'] as const
type End = (typeof ends)[number]

/** A program that is asked to end has to be gone by then. */
const patienceMs = 5000
/** After the end of a session the system gives a program not much longer. */
const sessionMs = 300

/**
 * Ends the till so many times at a random instant between and during scans, each way in turn, and starts it again on the same
 * records. Returns what went wrong, in words. Ends with an empty queue.
 */
export async function endAtInstants(shop: Shop, times: number): Promise<string[]> {
  const { random, standIn, userDataFolder } = shop
  const found: string[] = []
  for (let at = 0; at < times; at += 1) {
    const end = ends[at % ends.length] ?? 'SIGKILL'
    const till = await openTill(shop)
    await standIn.control.network({ network: random() < 0.4 ? 'cut' : 'up' })
    const over = new AbortController()
    // What is under way when the till ends is cut off, as it is when a cashier scans at that instant.
    const trading = (async () => {
      while (!over.signal.aborted) await scanOne(shop, till)
    })().catch(() => undefined)
    await sleep(whole(random, 0, 2500))
    const fault = await endBy(end, till)
    if (fault !== null) found.push(`${at}: ${fault}`)
    over.abort()
    if (end === 'page-crash') await till.kill()
    await trading
    killProgramsOn(userDataFolder)
    console.log(`${at + 1} of ${times}: ${end}`)
  }
  const till = await openTill(shop)
  await settle(shop, till)
  await till.close()
  return found
}

/** Returns what went wrong; `null` when nothing did. */
async function endBy(end: End, { electron, processId }: TillApp): Promise<string | null> {
  if (end === 'SIGKILL' || end === 'SIGTERM') {
    const child = electron.process()
    const gone = new Promise<true>((resolve) => child.once('exit', () => resolve(true)))
    process.kill(processId, end)
    const isGone = await Promise.race([gone, sleep(patienceMs, false, { ref: false })])
    return isGone ? null : `${end} did not end it within ${patienceMs} ms`
  }
  if (end === 'session-end') {
    await electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.emit('session-end', {})
    })
    await sleep(sessionMs)
    process.kill(processId, 'SIGKILL')
    return null
  }
  const tookMs = await electron.evaluate(
    ({ BrowserWindow }, limit) =>
      new Promise<number>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        const from = performance.now()
        setTimeout(() => resolve(limit), limit)
        contents?.once('did-finish-load', () => resolve(performance.now() - from))
        contents?.forcefullyCrashRenderer()
      }),
    patienceMs,
  )
  return tookMs < patienceMs ? null : `the page was not back within ${patienceMs} ms`
}
