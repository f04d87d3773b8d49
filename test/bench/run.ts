// npm run bench [NAME…] [-- --quota SHARE]: runs test/bench/NAME.bench.ts (all without a name), prints a table, and writes
// out/bench.json. With a quota (0.4) it and all that it starts get that share of one processor, as on a slow checkout PC.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { projectRoot, runTask, TaskError } from '../../build/project.ts'
import { meetsGoal, type BenchRow } from './bench-row.ts'
import { holdToQuota } from './processor-quota.ts'

const suffix = '.bench.ts'

await runTask(async () => {
  const known = fs
    .readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .toSorted()
  const { values, positionals: asked } = parseArgs({
    options: { quota: { type: 'string' } },
    allowPositionals: true,
  })
  const strange = asked.filter((name) => !known.includes(name))
  if (strange.length > 0) {
    throw new TaskError(`No bench is called ${strange.join(', ')}. There are: ${known.join(', ')}`)
  }
  const quota = values.quota === undefined ? null : Number(values.quota)
  if (quota !== null) {
    if (!(quota > 0 && quota <= 4))
      throw new TaskError('--quota is a share of one processor, as 0.4')
    holdToQuota(quota)
    console.log(`With ${quota} of one processor for everything, gateway included.`)
  }
  const rows: BenchRow[] = []
  for (const name of asked.length > 0 ? asked : known) {
    console.log(`bench ${name}…`)
    rows.push(...(await benchIn(name, quota)))
  }
  print(rows)
  write(rows)
  return 0
})

async function benchIn(name: string, quota: number | null): Promise<readonly BenchRow[]> {
  const file = path.join(import.meta.dirname, `${name}${suffix}`)
  const loaded: { bench: (quota: number | null) => Promise<readonly BenchRow[]> } = await import(
    pathToFileURL(file).href
  )
  return loaded.bench(quota)
}

function print(rows: readonly BenchRow[]): void {
  const table = rows.map((row) => ({
    measure: row.measure,
    ours: tidy(row.ours),
    peer: tidy(row.peer),
    ratio: tidy(row.ratio),
    goal: `${row.better === 'lower' ? '≤' : '≥'} ${row.goal}`,
    met: meetsGoal(row) ? 'met' : 'NOT MET',
  }))
  console.table(table)
}

function tidy(value: number): number {
  return Number(value.toPrecision(4))
}

function write(rows: readonly BenchRow[]): void {
  const file = path.join(projectRoot, 'out/bench.json')
  const entries = rows.map(({ measure, ratio, goal, better }) => ({ measure, ratio, goal, better }))
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, `${JSON.stringify(entries, null, 2)}\n`)
  console.log(`Written to ${path.relative(projectRoot, file)}`)
}
