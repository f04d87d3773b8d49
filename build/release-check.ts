// npm run release:check: installs, starts, upgrades and removes the deb in a throw-away Debian. As root, on Linux.
import fs from 'node:fs'
import path from 'node:path'
import semver from 'semver'
import { run } from './command.ts'
import { findElectron } from './electron/find-electron.ts'
import { packFolder } from './pack-folder.ts'
import { projectTool } from './project-tool.ts'
import { projectRoot, runTask, TaskError } from './project.ts'
import { buildDeb } from './release/deb.ts'
import { readDescription } from './release/description.ts'
import { requireSystemPackages } from './system-packages.ts'

process.umask(0o022)

await runTask(async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new TaskError('This makes a Debian in a folder, which takes root on Linux.')
  await requireSystemPackages('app', 'compiler', 'release', 'throwAwayRoot')
  const electron = await findElectron()
  const { version } = readDescription()
  const next = semver.inc(version, 'patch') ?? ''
  const debs: string[] = []
  for (const each of [version, next]) {
    const to = path.join(projectRoot, 'dist/check', each)
    fs.rmSync(to, { recursive: true, force: true })
    fs.mkdirSync(to, { recursive: true })
    const { folder: app } = await packFolder(electron, { dist: to, version: each })
    const description = readDescription(each)
    console.log(`Building the deb of ${each}…`)
    debs.push(await buildDeb({ description, app, to, at: Date.now() }, { compression: 'zstd' }))
  }
  const env = { ...process.env, HEXIAO_TILL_DEBS: debs.join(':') }
  const vitest = [projectTool('vitest'), 'run', '--project', 'release', '--bail=1']
  return run(process.execPath, [...vitest, ...process.argv.slice(2)], env)
})
