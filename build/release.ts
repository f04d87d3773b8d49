// npm run release [-- --publish]: this platform's installers, in dist/release/.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { buildApp } from './build-app.ts'
import { run } from './command.ts'
import { findElectron } from './electron/find-electron.ts'
import type { ElectronRuntime } from './electron/runtime.ts'
import { packFolder } from './pack-folder.ts'
import { projectTool } from './project-tool.ts'
import { projectRoot, runTask, TaskError } from './project.ts'
import { type Description, readDescription } from './release/description.ts'
import { type Built, buildTarget } from './release/linux-targets.ts'
import { obstaclesTo } from './release/obstacles.ts'
import { publish } from './release/publish.ts'
import { signFeed, writeFeed } from './release/feed.ts'
import { signRpm, signSums, writeSums } from './release/sums.ts'
import { requireSystemPackages } from './system-packages.ts'

const to = path.join(projectRoot, 'dist/release')

// What the packages' files may be read by.
process.umask(0o022)

await runTask(async () => {
  const isToPublish = process.argv.includes('--publish')
  await requireSystemPackages('app', 'compiler', 'release')
  const electron = await findElectron()
  const description = readDescription()
  if (isToPublish) refuseUnlessFit(electron, description)
  fs.rmSync(to, { recursive: true, force: true })
  fs.mkdirSync(to, { recursive: true })
  const built =
    process.platform === 'linux'
      ? await linuxPackages(electron, description)
      : await installers(isToPublish)
  const files = built.flatMap((each) => ('file' in each ? [each.file] : []))
  const key = process.env['HEXIAO_TILL_SIGNING_KEY'] ?? ''
  if (key !== '')
    for (const rpm of files.filter((file) => file.endsWith('.rpm'))) await signRpm(rpm, key)
  const sums = writeSums(files, to)
  const signature = key === '' ? [] : [await signSums(sums, key)]
  const feed = await writeFeed(description.version, files, to)
  const updateKey = process.env['HEXIAO_TILL_UPDATE_KEY'] ?? ''
  const feedSignature = updateKey === '' ? [] : [signFeed(feed, updateKey)]
  for (const each of built) console.log(inWords(each))
  const isWhole = built.every((each) => 'file' in each)
  if (!isToPublish) return files.length > 0 ? 0 : 1
  if (!isWhole) throw new TaskError('Not published: not everything could be built.')
  await publish(description.version, [...files, sums, ...signature, feed, ...feedSignature])
  return 0
})

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8' }).trim()
}

function refuseUnlessFit(electron: ElectronRuntime, { version, maintainer }: Description): void {
  const obstacles = obstaclesTo({
    platform: process.platform,
    env: process.env,
    electron,
    version,
    maintainer,
    tags: git('tag', '--points-at', 'HEAD').split('\n'),
    isDirty: git('status', '--porcelain') !== '',
  })
  if (obstacles.length > 0) throw new TaskError(['Not published:', ...obstacles].join('\n  '))
}

async function linuxPackages(
  electron: ElectronRuntime,
  description: Description,
): Promise<readonly Built[]> {
  const { folder } = await packFolder(electron, { dist: path.join(projectRoot, 'dist') })
  const at = Number(git('log', '-1', '--format=%ct')) * 1000
  // Two builds of one commit are alike: dpkg-deb and rpmbuild take their times from it.
  process.env['SOURCE_DATE_EPOCH'] = String(at / 1000)
  console.log(`✓ dir: ${path.relative(projectRoot, folder)}`)
  const built: Built[] = []
  for (const target of description.targets) {
    console.log(`Building ${target}…`)
    built.push(await buildTarget(target, { description, app: folder, to, at }))
  }
  return built
}

/** On Windows and macOS electron-builder packs, signs and builds the installers in one go. */
async function installers(isToPublish: boolean): Promise<readonly Built[]> {
  await buildApp()
  const status = await run(process.execPath, [
    projectTool('electron-builder'),
    '--publish=never',
    `-c.directories.output=${to}`,
    `-c.forceCodeSigning=${isToPublish}`,
  ])
  if (status !== 0) throw new TaskError('electron-builder failed; see above.')
  return fs
    .readdirSync(to)
    .filter((name) => /\.(exe|msi|dmg|zip)$/.test(name))
    .map((name) => ({ target: path.extname(name).slice(1), file: path.join(to, name) }))
}

function inWords(built: Built): string {
  if ('why' in built) return `✗ ${built.target}: not built. ${built.why}`
  const megabytes = (fs.statSync(built.file).size / 1e6).toFixed(1)
  return `✓ ${built.target}: ${path.relative(projectRoot, built.file)}, ${megabytes} MB`
}
