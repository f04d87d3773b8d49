import fs from 'node:fs'
import path from 'node:path'
import { buildApp } from '../build-app.ts'
import { run } from '../command.ts'
import { withDesktopSession } from '../desktop-session/desktop-session.ts'
import { copyInspectable } from './inspectable-copy.ts'
import { projectTool } from '../project-tool.ts'
import { projectRoot } from '../project.ts'
import { fromReport, fromStatus, playwrightCounts, type Tally, vitestCounts } from './tally.ts'

interface Stage {
  readonly name: string
  /** Whether it needs a screen and a keyboard of its own, which only an X server provides. */
  readonly needsDesktop?: boolean
  /** `env` names the Electron to use and, where there is one, the desktop session. */
  run(env: NodeJS.ProcessEnv): Promise<Tally>
}

const reports = path.join(projectRoot, 'out/test')
const folders = ['main', 'renderer', 'test', 'build', 'clients']
const imports = [...folders, '--config', '.dependency-cruiser.mjs']
const strict = ['--type-aware', '--report-unused-disable-directives', '--deny-warnings']

/** Returns all stages, those that find errors soonest first. */
export function allStages(): readonly Stage[] {
  return [
    // With --force, because cached results may be out of date.
    check('typecheck', [projectTool('typescript', 'tsc'), '-b', '--force']),
    check('format', [projectTool('oxfmt'), '--check', '.']),
    check('lint', [projectTool('oxlint'), ...strict]),
    check('imports', [projectTool('dependency-cruiser', 'depcruise'), ...imports]),
    check('unused', [projectTool('knip')]),
    vitest('unit'),
    vitest('integration'),
    { name: 'build', run: () => buildApp().then(() => fromStatus(0, 'build')) },
    check('audit', ['build/known-holes.ts']),
    playwrightOnTwoDesktops('e2e', 'app'),
    playwright('scanner', 'scanner'),
    packaged(),
    check('simulate', ['test/simulation/run.ts', '--seeds', '20']),
    check('fuzz', ['test/fuzz/run.ts', '--short']),
  ]
}

function check(name: string, command: readonly string[]): Stage {
  return { name, run: async (env) => fromStatus(await run(process.execPath, command, env), name) }
}

function vitest(project: string): Stage {
  const file = path.join(reports, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const command = [projectTool('vitest'), 'run', '--project', project, ...reporters]
  return {
    name: project,
    async run(env) {
      fs.rmSync(file, { force: true })
      return fromReport(file, await run(process.execPath, command, env), vitestCounts)
    },
  }
}

function playwright(name: string, project: string): Stage {
  return { name, needsDesktop: true, run: (env) => runPlaywright(env, { name, project }) }
}

/**
 * Runs the tests by two workers, each with a screen and a keyboard of its own (playwright.config.ts): such a test mostly
 * waits for the program that it watches. Three take a quarter less time, and leave two cores so little that a scan gets lost
 * now and then.
 */
function playwrightOnTwoDesktops(name: string, project: string): Stage {
  return {
    name,
    needsDesktop: true,
    run: (env) =>
      withDesktopSession((second) => {
        const desktops = JSON.stringify([{}, second])
        return runPlaywright({ ...env, HEXIAO_TILL_DESKTOPS: desktops }, { name, project })
      }),
  }
}

interface PlaywrightRun {
  readonly name: string
  readonly project: string
}

async function runPlaywright(
  env: NodeJS.ProcessEnv,
  { name, project }: PlaywrightRun,
): Promise<Tally> {
  const file = path.join(reports, `${name}.json`)
  const output = `--output=${path.join(reports, name)}`
  const tool = projectTool('@playwright/test', 'playwright')
  const command = [tool, 'test', '--project', project, output]
  fs.rmSync(file, { force: true })
  const withReport = { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }
  return fromReport(file, await run(process.execPath, command, withReport), playwrightCounts)
}

/** Packages the app, then tests the packaged app. */
function packaged(): Stage {
  const tests = playwright('packaged', 'packaged')
  return {
    ...tests,
    async run(env) {
      const status = await run(process.execPath, ['build/package.ts'], env)
      if (status !== 0) return fromStatus(status, 'package')
      const { executable } = await copyInspectable()
      return tests.run({ ...env, HEXIAO_TILL_PACKAGED: executable })
    },
  }
}
