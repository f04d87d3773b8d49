import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { cacheFolder } from '../../build/project.ts'
import { runOrThrow } from '../../build/command.ts'

/** How a command in the root ended. */
export interface Ended {
  readonly code: number
  /** What it wrote, to either stream. */
  readonly said: string
}

/** A Debian in a folder of its own: programs in it see no other files and no other processes. */
export interface ThrowAwayRoot {
  readonly folder: string
  /** Runs a command as root, or as another account; it ends with the root. */
  run(command: readonly string[], options?: RunOptions): Promise<Ended>
  start(command: readonly string[], options?: RunOptions): ChildProcess
  /** Copies a file of this machine to `/tmp` of the root. Returns its path there. */
  bring(file: string): string
  /** Ends everything that runs in it, and deletes it. */
  dispose(): Promise<void>
}

export interface RunOptions {
  /** An account of the root. */
  readonly as?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Where programs look for commands. */
const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** A shell that waits, so that what its children leave behind is reaped. */
const firstProcess = `
mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && mount -t tmpfs tmpfs "$1/dev/shm" &&
mount -t tmpfs tmpfs "$1/run" && mount --bind "$2" "$1/var/cache/apt/archives" &&
exec chroot "$1" /bin/bash -c 'echo ready; while :; do sleep 3600 & wait -n; done'`

/**
 * Makes one: Debian's smallest, of the release and the source that this machine's apt is set to. It is made once and kept
 * in the cache, with the packages that were fetched for it; each root is a layer on it. For root on Linux. Throws when debootstrap fails.
 */
export async function makeThrowAwayRoot(): Promise<ThrowAwayRoot> {
  const base = await smallestDebian()
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-root-'))
  const folder = path.join(place, 'root')
  const archives = `${base}-archives`
  fs.mkdirSync(path.join(archives, 'partial'), { recursive: true })
  for (const each of ['root', 'upper', 'work']) fs.mkdirSync(path.join(place, each))
  const layers = `lowerdir=${base},upperdir=${place}/upper,workdir=${place}/work`
  const mount = `mount -t overlay overlay -o "${layers}" "${folder}"`
  const first = spawn(
    'setpriv',
    [
      // Whatever becomes of this process, the root and all that runs in it end with it.
      '--pdeathsig',
      'KILL',
      'unshare',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      'sh',
      '-c',
      `${mount} && ${firstProcess}`,
      'sh',
      folder,
      archives,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const gone = once(first, 'exit')
  const [said] = await Promise.race([once(createInterface({ input: first.stdout }), 'line'), gone])
  if (said !== 'ready') throw new Error('the throw-away root could not be mounted')
  const inside = execFileSync('pgrep', ['--parent', String(first.pid)], { encoding: 'utf8' }).trim()

  const words = (command: readonly string[], { as = 'root', env = {} }: RunOptions): string[] => [
    '--target',
    inside,
    '--mount',
    '--pid',
    '--root',
    '--wd',
    ...(as === 'root' ? [] : ['runuser', '--user', as, '--']),
    'env',
    '--ignore-environment',
    `PATH=${searchPath}`,
    'LANG=C.UTF-8',
    `HOME=${homeOf(as)}`,
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    ...command,
  ]
  return {
    folder: path.join('/proc', inside, 'root'),
    run(command, options = {}) {
      const { promise, resolve } = Promise.withResolvers<Ended>()
      const limits = { encoding: 'utf8', maxBuffer: 1 << 24 } as const
      execFile('nsenter', words(command, options), limits, (error, out, complaint) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 128), said: out + complaint }),
      )
      return promise
    },
    start: (command, options = {}) => spawn('nsenter', words(command, options)),
    bring(file) {
      fs.copyFileSync(file, path.join('/proc', inside, 'root/tmp', path.basename(file)))
      return path.join('/tmp', path.basename(file))
    },
    async dispose() {
      first.kill('SIGKILL')
      await gone
      fs.rmSync(place, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function homeOf(account: string): string {
  return account === 'root' ? '/root' : `/home/${account}`
}

/** Where apt takes packages from, and of which release: what `apt-get indextargets` tells. */
function aptSource(): { readonly address: string; readonly release: string } {
  const format = '$(REPO_URI) $(RELEASE) $(COMPONENT)'
  const lines = execFileSync('apt-get', ['indextargets', '--format', format], { encoding: 'utf8' })
  for (const line of lines.split('\n')) {
    const [address, release, component] = line.split(' ')
    if (
      address !== undefined &&
      release !== undefined &&
      component === 'main' &&
      !release.includes('-')
    )
      return { address, release }
  }
  throw new Error('apt has no source with Debian’s main packages')
}

async function smallestDebian(): Promise<string> {
  const { address, release } = aptSource()
  const kept = path.join(cacheFolder(), `debian-minbase-${release}`)
  if (fs.existsSync(kept)) return kept
  const making = fs.mkdtempSync(`${kept}-`)
  await runOrThrow('debootstrap', ['--variant=minbase', release, making, address])
  for (const each of ['sources.list', 'sources.list.d'])
    if (fs.existsSync(path.join('/etc/apt', each)))
      fs.cpSync(path.join('/etc/apt', each), path.join(making, 'etc/apt', each), {
        recursive: true,
      })
  fs.copyFileSync('/etc/resolv.conf', path.join(making, 'etc/resolv.conf'))
  fs.chmodSync(making, 0o755)
  await runOrThrow('chroot', [making, 'apt-get', 'update'])
  fs.renameSync(making, kept)
  return kept
}
