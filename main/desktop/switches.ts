/**
 * What a person, a shortcut or a desktop may put on the command line of the packaged app. Everything else that begins with
 * `--` is refused at the start: Chromium and Node know hundreds of switches, and among them are some that attach a debugger,
 * move the profile or weaken the page.
 */
const allowed = new Set([
  // This program's own.
  'mode',
  'training-gateway',
  // How the desktop draws.
  'disable-gpu',
  'enable-features',
  'enable-wayland-ime',
  'force-device-scale-factor',
  'gtk-version',
  'lang',
  'ozone-platform',
  'ozone-platform-hint',
  'wayland-text-input-version',
  // Which keychain a Linux desktop has.
  'password-store',
])

/** As root Chromium starts without its sandbox alone. That is for containers. */
const allowedForRoot = new Set(['no-sandbox'])

export interface Launch {
  /** The words after the executable. */
  readonly argv: readonly string[]
  readonly isPackaged: boolean
  readonly isRoot: boolean
  /** Node's inspector listens: never in what ships, for its fuse is off. */
  readonly isInspected: boolean
  /** Words from here on are a command's (`hexiao-till doctor --json`), which reads them itself. */
  readonly isCommand: (word: string) => boolean
}

/** The switches on the command line that the packaged app does not take, as they were written; none if it may start. */
export function refusedSwitches(launch: Launch): readonly string[] {
  const { argv, isPackaged, isInspected, isRoot, isCommand } = launch
  // In development, and in the tests' copy of the package, a debugger is attached anyway.
  if (!isPackaged || isInspected) return []
  const command = argv.findIndex(isCommand)
  const ours = command === -1 ? argv : argv.slice(0, command)
  return ours.filter((word) => {
    if (!/^--?[A-Za-z]/.test(word)) return false
    const name = word.replace(/^--?/, '').split('=', 1)[0] ?? ''
    // Finder adds a process serial number.
    if (word.startsWith('-psn_')) return false
    return !allowed.has(name) && !(isRoot && allowedForRoot.has(name))
  })
}
