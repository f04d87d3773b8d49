// npm run mutate [-- --only PART-OF-NAME] [-- --first N] [-- --from N] [-- --workers N]: plants one deliberate bug after the other in a copy of the
// tree, and checks that the tests listed here or 200 seeds find it. Prints `N bugs, N found`; exits with 1 unless all
// are found.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot, runTask, TaskError } from '../../build/project.ts'
import { type Mutation, mutations } from './mutations.ts'

const seeds = 200
const usualWorkers = '2'
const longestRunMs = 900_000
/** Made here, or of no use to a test. */
const notCopied = ['.git', 'node_modules', 'out']
const vitest = 'node_modules/vitest/vitest.mjs'
const options = [
  '--bail=1',
  // A slow machine must not count as finding a bug.
  '--testTimeout=60000',
  '--project',
  'unit',
  '--project',
  'integration',
]
const listed = [
  'test/unit/redemption',
  'test/unit/scanner',
  'test/unit/components/code-field-edit.test.ts',
  'test/unit/computer/log.test.ts',
  'test/unit/desktop/switches.test.ts',
  'test/unit/tooling/ciphers.test.ts',
  'test/unit/credentials/provision.test.ts',
  'test/unit/outside',
  'test/unit/app',
  'test/unit/anchor',
  'test/unit/shop/session.test.ts',
  'test/unit/shop',
  'test/unit/store',
  'test/unit/ipc',
  'test/unit/wechatpay/judge-error.test.ts',
  'test/unit/wechatpay/reply-facts.test.ts',
  'test/unit/wechatpay/reply-fits.test.ts',
  'test/unit/wechatpay/reply-guard.test.ts',
  'test/unit/wechatpay/signed-channel.test.ts',
  'test/unit/wechatpay/small-parts.test.ts',
  'test/integration/application.test.ts',
  'test/integration/engine.test.ts',
  'test/integration/wechatpay/authorities.test.ts',
]

await runTask(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      first: { type: 'string' },
      from: { type: 'string', default: '0' },
      workers: { type: 'string', default: usualWorkers },
    },
  })
  const chosen = mutations
    .filter((mutation) => mutation.name.includes(values.only ?? ''))
    .slice(Number(values.from), Number(values.from) + Number(values.first ?? mutations.length))
  for (const mutation of chosen) mutated(mutation)
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'mutate-'))
  const waiting = [...chosen]
  let found = 0
  async function work(worker: number): Promise<void> {
    const tree = path.join(base, String(worker))
    copyTree(tree)
    // Tests that fail anyway would seem to find every bug.
    const sound = await run(tree, [vitest, 'run', ...options, ...listed])
    if (sound.status !== 0) throw new TaskError(`the tests fail without a bug:\n${sound.output}`)
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      // Each copy of the tree has one bug at a time.
      const startedAt = performance.now()
      const finder = await hunt(tree, next)
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
      const said = finder === null ? 'NOT FOUND' : 'found'
      console.log(`${said}  ${next.name}  ${finder ?? ''}  (${seconds} s)`)
      if (finder !== null) found += 1
    }
  }
  try {
    await Promise.all(Array.from({ length: Number(values.workers) }, (_, worker) => work(worker)))
  } finally {
    fs.rmSync(base, { recursive: true, force: true })
  }
  console.log(`${chosen.length} bugs, ${found} found`)
  return found === chosen.length && found > 0 ? 0 : 1
})

function copyTree(tree: string): void {
  for (const name of fs.readdirSync(projectRoot).filter((each) => !notCopied.includes(each)))
    fs.cpSync(path.join(projectRoot, name), path.join(tree, name), { recursive: true })
  fs.symlinkSync(path.join(projectRoot, 'node_modules'), path.join(tree, 'node_modules'), 'dir')
}

/** Returns the file's text with the bug. Throws when the list no longer fits the sources. */
function mutated({ name, file, find, replace }: Mutation): string {
  const text = fs.readFileSync(path.join(projectRoot, file), 'utf8')
  const places = text.split(find).length - 1
  if (places !== 1) throw new TaskError(`"${name}": its anchor is ${places} times in ${file}`)
  return text.replace(find, () => replace)
}

/** Returns what found the bug; `null` when nothing did. */
async function hunt(tree: string, mutation: Mutation): Promise<string | null> {
  const file = path.join(tree, mutation.file)
  const original = fs.readFileSync(file)
  fs.writeFileSync(file, mutated(mutation))
  try {
    // The simulation plays the domain: it finds bugs of other folders late or never.
    const isDomain = mutation.file.startsWith('main/redemption/')
    const near = testsBeside(mutation.file)
    const tests = [
      ...(near.length === 0 ? [] : [['run', ...near]]),
      ['related', mutation.file],
      ['run', ...listed],
    ].map((chosen) => () => testedBy(tree, chosen))
    const seeded = () => playedBy(tree)
    const [first, ...others] = tests
    const hunters = isDomain ? [first, seeded, ...others] : [...tests, seeded]
    for (const hunter of hunters.filter((each) => each !== undefined)) {
      const { finder, runs } = await hunter()
      if (!runs) console.log(`"${mutation.name}" does not run`)
      // A bug that prevents the program from running at all proves nothing.
      if (finder !== null || !runs) return finder
    }
    return null
  } finally {
    fs.writeFileSync(file, original)
  }
}

/** Returns the tests of the folder that a file is in: they find most bugs, and take a fraction of the time of all. */
function testsBeside(file: string): readonly string[] {
  const [, folder = ''] = file.split('/')
  return ['unit', 'integration']
    .map((kind) => path.join('test', kind, folder))
    .filter((tests) => fs.existsSync(path.join(projectRoot, tests)))
}

interface Hunted {
  /** What found the bug; `null` when nothing did. */
  readonly finder: string | null
  /** False when the program did not get as far as being checked. */
  readonly runs: boolean
}

async function playedBy(tree: string): Promise<Hunted> {
  const simulation = ['test/simulation/run.ts', '--seeds', String(seeds), '--until-failure']
  const { status, output } = await run(tree, simulation)
  const [, violation] = /^VIOLATION: (.*)$/m.exec(output) ?? []
  if (violation !== undefined) return { finder: `simulation: ${violation}`, runs: true }
  return { finder: null, runs: status === 0 }
}

/** `chosen`: the tests that depend on the file, which is quick, or those listed. */
async function testedBy(tree: string, chosen: readonly string[]): Promise<Hunted> {
  const { status, output } = await run(tree, [vitest, ...chosen, '--run', ...options])
  const [, failed] = /FAIL\s+(.*)/.exec(output) ?? []
  if (status === 0) return { finder: null, runs: true }
  return {
    finder: failed === undefined ? null : `unit test: ${failed}`,
    runs: failed !== undefined,
  }
}

function run(tree: string, nodeArguments: string[]): Promise<{ status: number; output: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; output: string }>()
  const child = spawn(process.execPath, nodeArguments, {
    cwd: tree,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestRunMs,
  })
  let output = ''
  const take = (chunk: Buffer): void => {
    output += chunk.toString('utf8')
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  child.on('error', reject)
  child.on('close', (code) => resolve({ status: code ?? 1, output }))
  return promise
}
