import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { LinkedTill } from '../support/linked-till.ts'
import { runPosCommand } from '../support/pos-command.ts'
import { temporaryFolder } from '../support/store-fixture.ts'
import { codeOf } from '../support/scripted-till.ts'
import type { BenchRow } from './bench-row.ts'

const times = 60
const allowedMs = 150
/** The till looks into the folder three times a second. */
const allowedFolderMs = 500
const idleSeconds = 5

/** Measures `hexiao-till pos` from its start to its end, a request in the folder to its answer, and what watching takes. */
export async function bench(): Promise<BenchRow[]> {
  const place = temporaryFolder()
  const till = await LinkedTill.open({ folder: place.path })
  const file = path.join(place.path, 'token')
  writeFileSync(file, `${till.port} ${await till.pair()}\n`, { mode: 0o600 })
  const run = async (words: readonly string[]): Promise<number> => {
    const from = performance.now()
    const { exitCode, text } = await runPosCommand(words, { file })
    if (exitCode !== 0) throw new Error(text)
    return performance.now() - from
  }
  await run(['order', '--order', 'A1', '--total', '1000000'])
  const redeemed: number[] = []
  const read: number[] = []
  for (let number = 0; number < times; number += 1) {
    redeemed.push(await run(['redeem', '--order', 'A1', '--code', codeOf(number)]))
    read.push(await run(['status']))
    await setTimeout(60)
  }
  const answered: number[] = []
  for (let number = 0; number < 20; number += 1) {
    const name = path.join(place.path, `${number}`)
    writeFileSync(`${name}.tmp`, '{"do":"status"}')
    const from = performance.now()
    renameSync(`${name}.tmp`, `${name}.req`)
    while (!existsSync(`${name}.ans`)) await setTimeout(2)
    readFileSync(`${name}.ans`)
    answered.push(performance.now() - from)
  }
  const before = process.cpuUsage()
  await setTimeout(idleSeconds * 1000)
  const { user, system } = process.cpuUsage(before)
  await till.close()
  place.remove()
  return [
    row(
      'hexiao-till pos status, start to end, ms (median), against 150 ms',
      median(read),
      allowedMs,
    ),
    row(
      'hexiao-till pos redeem, start to end, ms (median), against 150 ms',
      median(redeemed),
      allowedMs,
    ),

    row(
      'a request file to its answer, ms (median), against 500 ms',
      median(answered),
      allowedFolderMs,
    ),
    row(
      'processor while a folder is watched and the link idles, %, against 1 %',
      (user + system) / 1e4 / idleSeconds,
      1,
    ),
  ]
}

function row(measure: string, ours: number, allowed: number): BenchRow {
  return { measure, ours, peer: allowed, ratio: ours / allowed, goal: 1, better: 'lower' }
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}
