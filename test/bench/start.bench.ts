import { chromium } from '@playwright/test'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildApp } from '../../build/build-app.ts'
import { withDesktopSession } from '../../build/desktop-session/desktop-session.ts'
import { findElectron } from '../../build/electron/find-electron.ts'
import { requireSystemPackages } from '../../build/system-packages.ts'
import { median } from '../../renderer/scanner/statistics.ts'
import type { BenchRow } from './bench-row.ts'
import { memoryMb, processorSeconds } from './start/process-tree.ts'

const rounds = Number(process.env['START_ROUNDS'] ?? 12)
/** What is going on after the start has ended by then. */
const settledMs = 8000
const idleMs = 20_000

interface Started {
  /** From the start of the process until its page shows what it is for, ms. */
  readonly ms: number
  readonly memory: number
  /** Share of one core. */
  readonly idle: number
}

/** Measures cold starts, memory and the processor's time at rest, in turn with a window that shows one line. */
export async function bench(): Promise<BenchRow[]> {
  if (process.platform !== 'linux') {
    console.log('It reads /proc, so this runs on Linux alone.')
    return []
  }
  await requireSystemPackages('app', 'desktopSession')
  const { executable } = await findElectron()
  await buildApp()
  const tillFolder = path.join(import.meta.dirname, '../..')
  const barePage = path.join(import.meta.dirname, 'verdict/bare-page.cjs')
  const till: Started[] = []
  const bare: Started[] = []
  await withDesktopSession(async (env) => {
    const profile = { till: temporaryFolder(), bare: temporaryFolder() }
    // The first start makes keys and records, and is not counted.
    for (let round = -1; round < rounds; round += 1) {
      const isLast = round === rounds - 1
      const ours = await started([executable, tillFolder], profile.till, 'till', env, isLast)
      const theirs = await started([executable, barePage], profile.bare, 'paint', env, isLast)
      if (round < 0) continue
      till.push(ours)
      bare.push(theirs)
    }
    for (const folder of Object.values(profile)) fs.rmSync(folder, { recursive: true, force: true })
  })
  const times = { till: median(till.map(({ ms }) => ms)), bare: median(bare.map(({ ms }) => ms)) }
  const [last, lastBare] = [till.at(-1), bare.at(-1)]
  if (last === undefined || lastBare === undefined) throw new Error('no round was played')
  return [
    row('cold start until a scan is taken, ms', times.till, times.bare, 1.5),
    row('memory of all processes (PSS), MB', last.memory, lastBare.memory, 1.25),
    row('processor at rest, share of a core, of 0.2 %', last.idle, 0.002, 1),
  ]
}

function row(measure: string, ours: number, peer: number, goal: number): BenchRow {
  return { measure, ours, peer, ratio: ours / peer, goal, better: 'lower' }
}

/** Starts a program and ends it again. `shown`: the mark, or the kind of entry, of the page's timeline that counts. */
async function started(
  [executable, program]: readonly [string, string],
  profile: string,
  shown: 'till' | 'paint',
  env: NodeJS.ProcessEnv,
  staysForMeasures: boolean,
): Promise<Started> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const startedAt = Date.now()
  const child = spawn(
    executable,
    [program, `--user-data-dir=${profile}`, '--remote-debugging-port=0', ...sandbox],
    { env, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = once(child, 'exit')
  try {
    const address = await debuggerOf(child)
    await sleep(settledMs)
    const ms = (await shownAt(address, shown)) - startedAt
    if (!staysForMeasures || child.pid === undefined) return { ms, memory: 0, idle: 0 }
    const memory = memoryMb(child.pid)
    const before = processorSeconds(child.pid)
    await sleep(idleMs)
    return { ms, memory, idle: (processorSeconds(child.pid) - before) / (idleMs / 1000) }
  } finally {
    child.kill('SIGTERM')
    await exited
  }
}

/** Chromium prints where its debugger listens. */
async function debuggerOf({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error('no pipe')
  let text = ''
  for await (const piece of stderr) {
    text += String(piece)
    const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1]
    if (address !== undefined) return address
  }
  throw new Error(`no debugger: ${text}`)
}

/** When the page showed it, epoch milliseconds. */
async function shownAt(address: string, shown: 'till' | 'paint'): Promise<number> {
  const browser = await chromium.connectOverCDP(address)
  try {
    const page = browser.contexts().flatMap((context) => context.pages())[0]
    if (page === undefined) throw new Error('no page')
    return await page.evaluate((what) => {
      const entry =
        what === 'till'
          ? performance.getEntriesByName('till-shown')[0]
          : performance.getEntriesByName('first-contentful-paint')[0]
      if (entry === undefined) throw new Error(`nothing was shown: ${what}`)
      return performance.timeOrigin + entry.startTime
    }, shown)
  } finally {
    await browser.close()
  }
}

function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-start-'))
}
