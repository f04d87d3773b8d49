import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp } from '../../build/build-app.ts'
import { withDesktopSession } from '../../build/desktop-session/desktop-session.ts'
import { findElectron } from '../../build/electron/find-electron.ts'
import { requireSystemPackages } from '../../build/system-packages.ts'
import { spawnStandIn } from '../support/spawn-stand-in.ts'
import { launchTill } from '../support/till-app.ts'
import type { BenchRow } from './bench-row.ts'
import { watchFrames } from './history/watch-frames.ts'
import { fillWithYears } from './history/years.ts'

const rows = Number(process.env['HISTORY_ROWS'] ?? 1_000_000)
/** Pixels for each turn of the wheel, slow and fast. */
const speeds = { slowly: 120, fast: 1200 }

/** Scrolls the history of a million redemptions, and counts frames in which a place in the list has no row. */
export async function bench(): Promise<BenchRow[]> {
  if (process.platform !== 'linux') {
    console.log('The window is a desktop session’s of its own, so this runs on Linux alone.')
    return []
  }
  await requireSystemPackages('app', 'desktopSession')
  const { executable } = await findElectron()
  await buildApp()
  return withDesktopSession((env) => scroll(executable, env))
}

async function scroll(executable: string, env: NodeJS.ProcessEnv): Promise<BenchRow[]> {
  const userDataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-history-scroll-'))
  fs.mkdirSync(path.join(userDataFolder, 'training'))
  fillWithYears(path.join(userDataFolder, 'training/till.db'), rows)
  const putKey = path.join(import.meta.dirname, '../support/put-data-key-process.ts')
  execFileSync(process.execPath, [putKey], { env, stdio: 'inherit' })
  const standIn = await spawnStandIn()
  const till = await launchTill({
    executable,
    appFolder: path.join(import.meta.dirname, '../..'),
    userDataFolder,
    env,
    trainingGateway: standIn.controlOrigin,
  })
  try {
    await till.page.keyboard.press('F3')
    await till.page.getByTestId('history-row').first().waitFor()
    const results: BenchRow[] = []
    for (const [name, pxPerTurn] of Object.entries(speeds)) {
      const { frames, blank, longestMs, scrolledPx } = await watchFrames(till.page, pxPerTurn)
      console.log(`${name}: ${frames} frames, ${scrolledPx} px, longest ${longestMs.toFixed(0)} ms`)
      if (scrolledPx < pxPerTurn) throw new Error('nothing was scrolled')
      results.push({
        measure: `history scrolled ${name}: frames with a blank place, of ${frames}`,
        ours: blank,
        peer: frames,
        ratio: blank / frames,
        goal: 0,
        better: 'lower',
      })
    }
    return results
  } finally {
    await till.close()
    await standIn.stop()
    fs.rmSync(userDataFolder, { recursive: true, force: true, maxRetries: 5 })
  }
}
