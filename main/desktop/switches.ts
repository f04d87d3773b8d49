/** How the desktop draws. */
const ofDesktop = [
  'disable-gpu',
  'enable-features',
  'enable-wayland-ime',
  'force-device-scale-factor',
  'gtk-version',
  'lang',
  'ozone-platform',
  'ozone-platform-hint',
  'wayland-text-input-version',
]

/**
 * The switches that the packaged app accepts. All others are refused at the start: Chromium and Node know hundreds,
 * some of which attach a debugger, move the profile or weaken the page.
 */
const allowed = new Set([
  // This program's own.
  'mode',
  'training-gateway',
  'office',
  'help',
  'h',
  ...ofDesktop,
  // Which keychain a Linux desktop has.
  'password-store',
])

/** As root, which is usual in containers, Chromium starts only without its sandbox. */
const allowedForRoot = new Set(['no-sandbox'])

/** What a till that was started so starts its practice window with too. The profile is moved in development alone. */
export const switchesOfPractice = [...ofDesktop, ...allowedForRoot, 'user-data-dir']

export interface Launch {
  /** The words after the executable. */
  readonly argv: readonly string[]
  readonly isPackaged: boolean
  readonly isRoot: boolean
  /** Node's inspector is on, which it never is in a shipped program: its fuse is off. */
  readonly isInspected: boolean
  /** Whether a word is a command (`hexiao-till doctor --json`), which reads what follows itself. */
  readonly isCommand: (word: string) => boolean
}

/** Returns the refused switches on the command line as they were written; none if the program may start. */
export function refusedSwitches(launch: Launch): readonly string[] {
  const { argv, isPackaged, isInspected, isRoot, isCommand } = launch
  // Not in development, and not in the tests' copy of the package, which are debugged.
  if (!isPackaged || isInspected) return []
  const command = argv.findIndex(isCommand)
  const ours = command === -1 ? argv : argv.slice(0, command)
  return ours.filter((word) => {
    if (!/^--?[A-Za-z]/.test(word)) return false
    const name = word.replace(/^--?/, '').split('=', 1)[0] ?? ''
    // macOS' Finder adds a process serial number.
    if (word.startsWith('-psn_')) return false
    return !allowed.has(name) && !(isRoot && allowedForRoot.has(name))
  })
}
