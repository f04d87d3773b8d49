// npm run bench [NAME…]: runs test/bench/NAME.bench.ts (all without a name), prints a table, and writes out/bench.json.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot, runTask, TaskError } from '../../build/project.ts'
import { meetsGoal, type BenchRow } from './bench-row.ts'

const suffix = '.bench.ts'

await runTask(async () => {
  const known = fs
    .readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .toSorted()
  const asked = process.argv.slice(2)
  const strange = asked.filter((name) => !known.includes(name))
  if (strange.length > 0) {
    throw new TaskError(`No bench is called ${strange.join(', ')}. There are: ${known.join(', ')}`)
  }
  const rows: BenchRow[] = []
  for (const name of asked.length > 0 ? asked : known) {
    console.log(`bench ${name}…`)
    rows.push(...(await benchIn(name)))
  }
  print(rows)
  write(rows)
  return 0
})

async function benchIn(name: string): Promise<readonly BenchRow[]> {
  const file = path.join(import.meta.dirname, `${name}${suffix}`)
  const loaded: { bench: () => Promise<readonly BenchRow[]> } = await import(
    pathToFileURL(file).href
  )
  return loaded.bench()
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
