import { _electron } from '@playwright/test'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp } from '../../build/build-app.ts'
import { withDesktopSession } from '../../build/desktop-session/desktop-session.ts'
import { findElectron } from '../../build/electron/find-electron.ts'
import { requireSystemPackages } from '../../build/system-packages.ts'
import { median, quantile } from '../../renderer/scanner/statistics.ts'
import { spawnStandIn } from '../support/spawn-stand-in.ts'
import { launchTill } from '../support/till-app.ts'
import { xKeyboard } from '../support/x-keyboard.ts'
import type { BenchRow } from './bench-row.ts'
import { timeVerdicts, watchVerdicts } from './verdict/time-to-verdict.ts'

const scans = Number(process.env['VERDICT_SCANS'] ?? 500)
const quickRestMs = 30
/** A slow processor is still at work after 30 ms, and a customer takes longer. */
const slowRestMs = 1000
/** On a slow PC, from the last key to the verdict, ms. */
const slowMs = 35
/** What the till may add to a key's way to the screen, including the gateway's time, ms. */
const ownCostMs = 25
const frameMs = 16.7

type Times = Awaited<ReturnType<typeof timeVerdicts>>

/**
 * Measures from the last key of a scan to its verdict on the screen, compared with a page that only paints a string on
 * Enter. `quota`: the share of one processor that all of it gets, as on a slow PC; `null` for all that there is.
 */
export async function bench(quota: number | null): Promise<BenchRow[]> {
  if (process.platform !== 'linux') {
    console.log('Keys come from an X server, so this runs on Linux alone.')
    return []
  }
  await requireSystemPackages('app', 'desktopSession')
  const electron = await findElectron()
  await buildApp()
  const restMs = quota === null ? quickRestMs : slowRestMs
  const bare = await withDesktopSession((env) => timeBarePage(electron.executable, restMs, env))
  const till = await withDesktopSession((env) => timeTill(electron.executable, restMs, env))
  console.log(`${scans} scans; ms from Enter to the frame: median / p99`)
  console.log(`  bare page           ${text(bare.verdict)}`)
  console.log(`  till shows "read"   ${text(till.read)}`)
  console.log(`  till shows verdict  ${text(till.verdict)}`)
  const own = median(till.verdict) - median(bare.verdict)
  const read = median(till.read) - median(bare.verdict)
  const slow = median(till.verdict)
  return [
    ...(quota === null
      ? []
      : [
          {
            measure: `scan to verdict with ${quota} of a processor, ms of ${slowMs}`,
            ours: slow,
            peer: slowMs,
            ratio: slow / slowMs,
            goal: 1,
            better: 'lower' as const,
          },
        ]),
    {
      measure: `scan to "read": ms more than a bare page, of a frame's ${frameMs}`,
      ours: read,
      peer: frameMs,
      ratio: read / frameMs,
      goal: 1,
      better: 'lower',
    },
    {
      measure: `scan to verdict: the till's own cost, ms of ${ownCostMs}`,
      ours: own,
      peer: ownCostMs,
      ratio: own / ownCostMs,
      goal: 1,
      better: 'lower',
    },
  ]
}

async function timeTill(
  executable: string,
  restMs: number,
  env: NodeJS.ProcessEnv,
): Promise<Times> {
  const standIn = await spawnStandIn()
  const userDataFolder = temporaryFolder()
  const till = await launchTill({
    executable,
    appFolder: path.join(import.meta.dirname, '../..'),
    userDataFolder,
    env,
    trainingGateway: standIn.controlOrigin,
  })
  const keyboard = xKeyboard(env)
  await keyboard.focus(till.processId)
  await watchVerdicts(till.page)
  const times = await timeVerdicts(till.page, keyboard, scans, restMs)
  await till.close()
  await standIn.stop()
  fs.rmSync(userDataFolder, { recursive: true, force: true, maxRetries: 5 })
  return times
}

async function timeBarePage(
  executable: string,
  restMs: number,
  env: NodeJS.ProcessEnv,
): Promise<Times> {
  const userDataFolder = temporaryFolder()
  const bare = await _electron.launch({
    executablePath: executable,
    args: [
      path.join(import.meta.dirname, 'verdict/bare-page.cjs'),
      `--user-data-dir=${userDataFolder}`,
    ],
    chromiumSandbox: process.getuid?.() !== 0,
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? ''])),
  })
  const page = await bare.firstWindow()
  const keyboard = xKeyboard(env)
  await keyboard.focus(bare.process().pid ?? 0)
  await watchVerdicts(page)
  const times = await timeVerdicts(page, keyboard, scans, restMs)
  await bare.close()
  fs.rmSync(userDataFolder, { recursive: true, force: true, maxRetries: 5 })
  return times
}

function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-verdict-'))
}

function text(times: readonly number[]): string {
  return `${median(times).toFixed(1)} / ${quantile(times, 0.99).toFixed(1)}`
}
