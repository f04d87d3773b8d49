import { app, net } from 'electron'
import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { AppUpdater } from 'electron-updater'
import { plainFields } from '../computer/plain-fields.ts'
import { parseJson } from '../contract/json.ts'
import type { InstallFault, InstallWay } from '../contract/updates.ts'
import type { WindowCalls } from '../engine/calls.ts'
import { textOfReply } from '../updates/text-of-reply.ts'
import { ownSwitches } from './own-switches.ts'
import type { OwnAppImageUpdater } from './own-app-image.ts'
import { switchesOfPractice } from './switches.ts'

/** The maintainers' public key, put in by the build (`electron.vite.config.ts`); `null` in a build that has none. */
declare const UPDATE_KEY: string | null

interface UpdaterParts {
  /** A practice window leaves that to the live till. */
  readonly isPractice: boolean
  readonly onPercent: (percent: number) => void
  readonly onFault: (cause: unknown) => void
}

type UpdateCalls = Pick<WindowCalls, 'updateWay' | 'downloadUpdate' | 'installUpdate'>

const feedMs = 15_000
const trialMs = 60_000
const run = promisify(execFile)

/** Fetches and installs newer versions with electron-updater, which is loaded when it is first wanted. */
export function createUpdater({ isPractice, onPercent, onFault }: UpdaterParts): UpdateCalls {
  const publicKeyPem = isPractice ? null : updateKey()
  const way = publicKeyPem === null ? 'by-hand' : wayHere()
  let updater: AppUpdater | null = null

  async function load(): Promise<AppUpdater> {
    if (updater !== null) return updater
    const { loadUpdater } = await import('./load-updater.ts')
    updater = loadUpdater(onPercent, onFault)
    return updater
  }

  return {
    updateWay: async () => way,
    async downloadUpdate(address): Promise<InstallFault | null> {
      if (publicKeyPem === null || way === 'by-hand') return 'not-downloaded'
      const { signedProvider, UnsignedFeedError } = await import('./signed-provider.ts')
      const library = await load()
      try {
        const updateProvider = signedProvider({ address, publicKeyPem, read: readText })
        library.setFeedURL({ provider: 'custom', updateProvider })
        const checked = await library.checkForUpdates()
        if (checked?.isUpdateAvailable !== true) return 'not-yet-here'
        await library.downloadUpdate()
        return null
      } catch (cause) {
        onFault(cause)
        return cause instanceof UnsignedFeedError ? 'not-signed' : 'not-downloaded'
      }
    },
    async installUpdate(): Promise<InstallFault | null> {
      const library = await load()
      const file = isOwnAppImage(library) ? library.downloaded() : null
      if (file !== null && !(await starts(file))) return 'not-started'
      // With `true, true` an installer shows nothing but what the system asks, and starts the till again.
      const fault = await new Promise<unknown>((resolve) => {
        library.once('error', resolve)
        library.quitAndInstall(true, true)
      })
      onFault(fault)
      return 'not-installed'
    },
  }
}

function isOwnAppImage(updater: AppUpdater): updater is OwnAppImageUpdater {
  return 'downloaded' in updater
}

/** In development and in tests from a file; what ships goes by the key that it was built with. */
function updateKey(): string | null {
  const file = process.env['HEXIAO_TILL_UPDATE_KEY_FILE']
  return app.isPackaged || file === undefined ? UPDATE_KEY : readFileSync(file, 'utf8')
}

function wayHere(): InstallWay {
  if (process.platform === 'darwin') return 'by-itself'
  if (process.platform === 'win32') {
    // An MSI has no uninstaller of its own; it is replaced by what installed it.
    const uninstaller = path.join(path.dirname(process.execPath), `Uninstall ${app.getName()}.exe`)
    return existsSync(uninstaller) ? 'with-administrator' : 'by-hand'
  }
  const appImage = process.env['APPIMAGE']
  if (appImage !== undefined) return isReplaceable(appImage) ? 'by-itself' : 'by-hand'
  return existsSync(path.join(process.resourcesPath, 'package-type'))
    ? 'with-administrator'
    : 'by-hand'
}

function isReplaceable(file: string): boolean {
  try {
    for (const each of [file, path.dirname(file)]) accessSync(each, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Whether a program runs on this computer, with all its libraries: it says how the till is, beside this one. */
async function starts(program: string): Promise<boolean> {
  const words = [...ownSwitches(switchesOfPractice), 'status', '--json']
  // It ends with 1 where the till needs somebody, which is not the program's fault.
  const said = await run(program, words, { timeout: trialMs }).catch((cause: unknown) => cause)
  const { stdout } = plainFields(said)
  return typeof stdout === 'string' && plainFields(parseJson(stdout))['command'] === 'status'
}

/** Uses the system's proxy. `null` for what is not there or too long. */
async function readText(url: URL, maxBytes: number): Promise<string | null> {
  const reply = await net.fetch(url.href, {
    signal: AbortSignal.timeout(feedMs),
    redirect: 'error',
    cache: 'no-store',
  })
  return reply.ok ? textOfReply(reply, maxBytes) : null
}
