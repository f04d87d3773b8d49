import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildApp } from '../../build/build-app.ts'
import { withDesktopSession } from '../../build/desktop-session/desktop-session.ts'
import { findElectron } from '../../build/electron/find-electron.ts'
import { requireSystemPackages } from '../../build/system-packages.ts'
import { quantile } from '../../renderer/scanner/statistics.ts'
import { spawnStandIn } from '../support/spawn-stand-in.ts'
import { launchTill, type TillApp } from '../support/till-app.ts'
import { xKeyboard } from '../support/x-keyboard.ts'
import type { BenchRow } from './bench-row.ts'
import { standardCode } from './corpus/codes.ts'
import { seeded } from './corpus/random.ts'
import { mainThreadTasks, type TaskTime } from './main-thread/task-times.ts'

const scans = Number(process.env['MAIN_THREAD_SCANS'] ?? 300)
/** How much longer each flush takes on the slow disk, ms. */
const slowDiskMs = 20
/** A USB keyboard's keys that wait longer than this look like a scanner's (docs/scanner.md). */
const boundMs = 8

/**
 * Measures how long the UI thread of the main process is busy at a stretch over simulated trade: scans online, scans
 * with the network cut, and their settlement. On Windows, keys that are pressed meanwhile arrive in one bunch.
 */
export async function bench(): Promise<BenchRow[]> {
  if (process.platform !== 'linux') {
    console.log('Keys come from an X server, so this runs on Linux alone.')
    return []
  }
  await requireSystemPackages('app', 'desktopSession')
  const { executable } = await findElectron()
  await buildApp()
  const slowDisk = { LD_PRELOAD: compiledSlowDisk(), SLOW_DISK_MS: String(slowDiskMs) }
  const rows: BenchRow[] = []
  for (const [disk, env] of [
    ['this disk', {}],
    [`a flush takes ${slowDiskMs} ms more`, slowDisk],
  ] as const) {
    const tasks = await withDesktopSession((session) =>
      tradedTasks(executable, { ...session, ...env }),
    )
    const own = tasks.map(({ processorMs }) => processorMs)
    const most = Math.max(...own)
    print(`${disk}, processor time`, own)
    print(
      `${disk}, by the clock`,
      tasks.map(({ clockMs }) => clockMs),
    )
    rows.push({
      measure: `main thread, ${disk}: longest task, ms of ${boundMs} (processor time)`,
      ours: most,
      peer: boundMs,
      ratio: most / boundMs,
      goal: 1,
      better: 'lower',
    })
  }
  return rows
}

async function tradedTasks(executable: string, env: NodeJS.ProcessEnv): Promise<TaskTime[]> {
  const standIn = await spawnStandIn()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-main-thread-'))
  const till = await launchTill({
    executable,
    appFolder: path.join(import.meta.dirname, '../..'),
    userDataFolder: path.join(folder, 'data'),
    env,
    trainingGateway: standIn.controlOrigin,
  })
  const keyboard = xKeyboard(env)
  await keyboard.focus(till.processId)
  // Start-up is over, and nobody types meanwhile.
  await sleep(3000)
  await till.electron.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({ included_categories: ['toplevel'] }),
  )
  const random = seeded(8)
  const scan = async (): Promise<void> => {
    await keyboard.scan(standardCode(random), 2)
    await sleep(40)
  }
  for (let at = 0; at < scans / 2; at += 1) await scan()
  await setNetwork(till, 'cut')
  for (let at = 0; at < scans / 2; at += 1) await scan()
  await setNetwork(till, 'up')
  await sleep(10_000)
  const file = path.join(folder, 'trace.json')
  await till.electron.evaluate(({ contentTracing }, to) => contentTracing.stopRecording(to), file)
  const tasks = mainThreadTasks(file)
  await till.close()
  await standIn.stop()
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  return tasks
}

async function setNetwork(till: TillApp, network: 'up' | 'cut'): Promise<void> {
  await till.page.evaluate((next) => window.till.training.setNetwork({ network: next }), network)
}

function compiledSlowDisk(): string {
  const library = path.join(os.tmpdir(), `hexiao-till-slow-disk-${process.pid}.so`)
  const source = path.join(import.meta.dirname, 'main-thread/slow-disk.c')
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'])
  return library
}

function print(what: string, times: readonly number[]): void {
  const long = times.filter((ms) => ms > boundMs)
  const [p99, most] = [quantile(times, 0.99).toFixed(2), Math.max(...times).toFixed(1)]
  console.log(`${what}: ${times.length} tasks, p99 ${p99} ms, max ${most} ms`)
  console.log(`  over ${boundMs} ms: ${long.length}, ${histogram(long)}`)
}

function histogram(times: readonly number[]): string {
  const edges = [8, 16, 32, 64, 128, 256, Infinity]
  return edges
    .slice(1)
    .map((to, at) => {
      const from = edges[at] ?? 0
      return `${from}-${to}: ${times.filter((ms) => ms > from && ms <= to).length}`
    })
    .join(', ')
}
