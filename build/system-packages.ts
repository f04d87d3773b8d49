import { spawnSync } from 'node:child_process'
import { runOrThrow } from './command.ts'
import { reportProgress } from './progress.ts'
import { TaskError } from './project.ts'

/**
 * Debian's package names. Where a newer release renamed a package (the 64-bit time_t change), a row lists both names,
 * and either will do.
 */
export const packageSets = {
  /** What the app loads: Electron's libraries, and below them those of the native packages. */
  app: [
    ['libasound2', 'libasound2t64'],
    ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
    ['libatspi2.0-0', 'libatspi2.0-0t64'],
    ['libcups2', 'libcups2t64'],
    ['libdrm2'],
    ['libgbm1'],
    ['libgtk-3-0', 'libgtk-3-0t64'],
    ['libnotify4'],
    ['libnss3'],
    ['libxkbcommon0'],
    ['libxshmfence1'],
    ['libxss1'],
    ['libxtst6'],
    ['fonts-noto-cjk'],
    // keytar
    ['libsecret-1-0'],
    ['libglib2.0-0', 'libglib2.0-0t64'],
    // node-hid
    ['libusb-1.0-0'],
    ['libudev1'],
    // All of them, and better-sqlite3 and serialport.
    ['libstdc++6'],
    ['libgcc-s1'],
  ],
  desktopSession: [['xvfb'], ['xdotool'], ['openbox'], ['dbus'], ['gnome-keyring'], ['util-linux']],
  /** A Chinese input method, which must not swallow a scan. */
  inputMethod: [['fcitx5'], ['fcitx5-chinese-addons'], ['fcitx5-frontend-gtk3']],
  /** A virtual serial line. */
  serialLine: [['socat']],
  /** What the examples of docs/pos are written for. */
  posExamples: [['curl'], ['python3-requests']],
  /** The browser that shows the demonstration POS. */
  browser: [['chromium']],
  /** An independent program that reads certificates. */
  certificateReader: [['openssl']],
  /** An independent program that reads bar codes and QR codes from pictures. */
  codeReader: [['zbar-tools']],
  /** Compiles `hexiao-till pos`. */
  compiler: [['gcc'], ['libc6-dev']],
  /** Writes packages, and looks them over. */
  release: [
    ['7zip'],
    ['appstream'],
    ['desktop-file-utils'],
    ['dpkg-dev'],
    ['gpg'],
    ['lintian'],
    ['rpm'],
  ],
  /** A fresh Debian in a folder. */
  throwAwayRoot: [['debootstrap'], ['util-linux'], ['mount']],
  developmentRuntime: [['unzip'], ['g++'], ['util-linux']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export type PackageSet = keyof typeof packageSets

/** Installs what is missing of `sets`: as root with apt, otherwise it throws with the command to run. */
export async function requireSystemPackages(...sets: readonly PackageSet[]): Promise<void> {
  if (process.platform !== 'linux') return
  const wanted: (readonly string[])[] = sets.flatMap((set) => [...packageSets[set]])
  const installed = installedPackages(wanted.flat())
  if (installed === undefined) {
    console.log('No dpkg here, so the system packages were not checked.')
    return
  }
  const missing = wanted.filter((names) => !names.some((name) => installed.has(name)))
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    const names = chooseKnownNames(missing).join(' ')
    throw new TaskError(
      `Some system packages are missing. Run this, then start again:\n  sudo apt-get update && sudo apt-get install --yes --no-install-recommends ${names}`,
    )
  }
  await installWithApt(missing)
}

/** Returns `undefined` where there is no dpkg. */
function installedPackages(names: readonly string[]): Set<string> | undefined {
  const query = spawnSync(
    'dpkg-query',
    ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names],
    {
      encoding: 'utf8',
    },
  )
  if (query.error !== undefined) return undefined
  const lines = query.stdout.split('\n').filter((line) => line.endsWith(' installed'))
  return new Set(lines.map((line) => line.slice(0, line.indexOf(' '))))
}

async function installWithApt(missing: readonly (readonly string[])[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }
  const apt = ['-q', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=300']
  const update = runOrThrow('apt-get', [...apt, 'update'], { env })
  await reportProgress('Reading the lists of system packages', update).catch((error: unknown) => {
    // One source is unreachable, or another apt is at work: the existing lists may suffice.
    console.log(error instanceof Error ? error.message : error)
  })
  const names = chooseKnownNames(missing)
  const install = [...apt, 'install', '--yes', '--no-install-recommends', ...names]
  console.log(`Installing system packages: ${names.join(' ')}`)
  await reportProgress('apt-get install', runOrThrow('apt-get', install, { env }))
}

/** Returns the first name of each row that this release offers. */
function chooseKnownNames(rows: readonly (readonly string[])[]): string[] {
  const policy = spawnSync('apt-cache', ['policy', ...rows.flat()], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  const offered = new Set(
    [...(policy.stdout ?? '').matchAll(/^(\S+):\n(?:.*\n)?\s+Candidate: (?!\(none\))/gm)].map(
      (match) => match[1],
    ),
  )
  return rows.map((names) => names.find((name) => offered.has(name)) ?? names[0] ?? '')
}
