// npm test [STAGE…]: everything that CI runs, or only the stages named. Prints `N passed, N failed` as its last line.
import { withDesktopSession } from './desktop-session/desktop-session.ts'
import { findElectron } from './electron/find-electron.ts'
import { runtimeEnvironment } from './electron/runtime.ts'
import { findEngine } from './chain/find-engine.ts'
import { engineVariable } from './chain/engine-recipe.ts'
import { runTask, TaskError } from './project.ts'
import { requireSystemPackages } from './system-packages.ts'
import { allStages } from './test/stages.ts'
import { fromStatus, emptyTally, sum, type Tally } from './test/tally.ts'

await runTask(async () => {
  const asked = process.argv.slice(2)
  const stages = allStages()
  const strange = asked.filter((name) => !stages.some((stage) => stage.name === name))
  if (strange.length > 0) {
    const known = stages.map((stage) => stage.name).join(', ')
    throw new TaskError(`No stage is called ${strange.join(', ')}. There are: ${known}`)
  }
  const tally = await orOneFailure('set-up', () => prepareAndRun(asked))
  // Last of all, so that whoever sees only the end of the output knows what failed.
  if (tally.failures.length > 0) console.log(['', 'Failed:', ...tally.failures].join('\n  '))
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
  return tally.failed === 0 && tally.passed > 0 ? 0 : 1
})

async function prepareAndRun(asked: readonly string[]): Promise<Tally> {
  await requireSystemPackages(
    'compiler',
    'app',
    'desktopSession',
    'inputMethod',
    'serialLine',
    'certificateReader',
    'posExamples',
    'browser',
    'codeReader',
  )
  const engine = await findEngine()
  if (engine === null) console.log('The tests of a shop of tills are skipped, by name.')
  const found = {
    ...runtimeEnvironment(await findElectron()),
    ...(engine && { [engineVariable]: engine }),
  }
  if (process.platform === 'linux') {
    return withDesktopSession((env) => runStages(asked, { ...env, ...found }))
  }
  console.log('End-to-end tests type through an X server, so they run on Linux alone.')
  return runStages(asked, { ...process.env, ...found })
}

async function runStages(asked: readonly string[], env: NodeJS.ProcessEnv): Promise<Tally> {
  let tally: Tally = emptyTally
  for (const stage of allStages()) {
    if (asked.length > 0 && !asked.includes(stage.name)) continue
    if (stage.needsDesktop === true && process.platform !== 'linux') continue
    console.log(`\n=== ${stage.name} ===`)
    const startedAt = performance.now()
    const result = await orOneFailure(stage.name, () => stage.run(env))
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    console.log(`${stage.name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`)
    tally = sum(tally, result)
  }
  return tally
}

/** Counts a stage that throws as one failure; the other stages still run. */
async function orOneFailure(name: string, work: () => Promise<Tally>): Promise<Tally> {
  try {
    return await work()
  } catch (error) {
    console.error(error instanceof TaskError ? error.message : error)
    return fromStatus(1, name, error instanceof Error ? error.message : String(error))
  }
}
