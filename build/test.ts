// npm test [STAGE…]: everything that CI runs, or the named stages alone. Ends with one line `N passed, N failed`.
import { findElectron } from './electron/find-electron.ts'
import { runtimeEnvironment } from './electron/runtime.ts'
import { projectRoot, runTask, Stop } from './project.ts'
import { requireSystemPackages } from './system-packages.ts'
import { stages } from './test/stages.ts'
import { nothing, sum, type Tally } from './test/tally.ts'
import { withDesktopSession } from './desktop-session/desktop-session.ts'

await runTask(async () => {
  const asked = process.argv.slice(2)
  const strange = asked.filter((name) => !stages.some((stage) => stage.name === name))
  if (strange.length > 0) {
    const known = stages.map((stage) => stage.name).join(', ')
    throw new Stop(`No stage is called ${strange.join(', ')}. There are: ${known}`)
  }
  await requireSystemPackages('electron', 'desktopSession')
  const electron = runtimeEnvironment(await findElectron())
  process.chdir(projectRoot)

  const total = await withDesktopSession(async (session) => {
    const env = { ...session, ...electron }
    let tally: Tally = nothing
    for (const stage of stages) {
      if (asked.length > 0 && !asked.includes(stage.name)) continue
      console.log(`\n=== ${stage.name} ===`)
      const startedAt = performance.now()
      const result = await stage.run(env)
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      console.log(`${stage.name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`)
      tally = sum(tally, result)
    }
    return tally
  })
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
})
