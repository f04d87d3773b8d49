import fs from 'node:fs'
import path from 'node:path'
import { buildApp } from '../build-app.ts'
import { run } from '../command.ts'
import { packagedApp } from '../packaged-app.ts'
import { projectRoot } from '../project.ts'
import { fromReport, fromStatus, playwrightCounts, vitestCounts, type Tally } from './tally.ts'

interface Stage {
  readonly name: string
  /** `env` is a desktop of its own with the Electron to use. */
  run(env: NodeJS.ProcessEnv): Promise<Tally>
}

const reports = path.join(projectRoot, 'out/test')
const simulation = path.join(projectRoot, 'test/simulation/run.ts')

/** In the order of how soon each tells what is wrong. */
export const stages: readonly Stage[] = [
  check('typecheck', 'tsc', '-b'),
  check('format', 'oxfmt', '--check', '.'),
  check('lint', 'oxlint', '--type-aware', '--report-unused-disable-directives', '--deny-warnings'),
  check('imports', 'npm', 'run', '--silent', 'lint:imports'),
  check('unused', 'knip'),
  vitest('unit'),
  vitest('integration'),
  { name: 'build', run: () => buildApp().then(() => fromStatus(0)) },
  playwright('e2e', 'app'),
  packaged(),
  ...(fs.existsSync(simulation) ? [check('simulate', 'node', simulation, '--seeds', '20')] : []),
]

function check(name: string, command: string, ...args: readonly string[]): Stage {
  return { name, run: async (env) => fromStatus(await run(command, args, { env })) }
}

function vitest(project: string): Stage {
  const file = path.join(reports, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return {
    name: project,
    async run(env) {
      fs.rmSync(file, { force: true })
      const status = await run('vitest', ['run', '--project', project, ...reporters], { env })
      return fromReport(file, status, vitestCounts)
    },
  }
}

function playwright(name: string, project: string): Stage {
  const file = path.join(reports, `${name}.json`)
  return {
    name,
    async run(env) {
      fs.rmSync(file, { force: true })
      const status = await run('playwright', ['test', '--project', project], {
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      })
      return fromReport(file, status, playwrightCounts)
    },
  }
}

/** Packages the app, then drives what was packaged. */
function packaged(): Stage {
  const tests = playwright('packaged', 'packaged')
  return {
    name: tests.name,
    async run(env) {
      const status = await run(process.execPath, ['build/package.ts'], { env })
      if (status !== 0) return fromStatus(status)
      return tests.run({ ...env, HEXIAO_TILL_PACKAGED: packagedApp().executable })
    },
  }
}
