import fs from 'node:fs'
import path from 'node:path'
import { runOrThrow } from '../command.ts'
import { reportProgress } from '../progress.ts'
import { cacheFolder, requireFromProject } from '../project.ts'
import { isDevelopmentRuntimeOffered } from './development-runtime.ts'
import { executableIn, pinnedElectronVersion, runtimeAt, type ElectronRuntime } from './runtime.ts'

const longestDownloadMs = 10 * 60_000
const pauseAfterFailureMs = 6 * 3_600_000

/** Returns the binary inside the electron package, if a download has put it there. */
export function installedElectron(): ElectronRuntime | undefined {
  const folder = path.join(
    path.dirname(requireFromProject.resolve('electron/package.json')),
    'dist',
  )
  const versionFile = path.join(folder, 'version')
  if (!fs.existsSync(executableIn(folder)) || !fs.existsSync(versionFile)) return undefined
  const version = fs.readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
  if (version !== pinnedElectronVersion()) return undefined
  return runtimeAt(folder, version, 'the installed electron package')
}

/**
 * Runs Electron's own installer, which honours ELECTRON_MIRROR and verifies checksums. Where another runtime is
 * available, a failure is remembered for a while, so that a machine that cannot reach the download does not wait for it
 * at each start.
 */
export async function downloadOfficialElectron(): Promise<ElectronRuntime | undefined> {
  const memory = path.join(cacheFolder(), 'electron-download-failed.json')
  const attempt = JSON.stringify({
    version: pinnedElectronVersion(),
    mirror: process.env['ELECTRON_MIRROR'] ?? null,
  })
  if (isDevelopmentRuntimeOffered() && failedLately(memory, attempt)) return undefined

  const installer = requireFromProject.resolve('electron/install.js')
  const download = runOrThrow(process.execPath, [installer], { timeout: longestDownloadMs })
  try {
    await reportProgress(`Downloading Electron ${pinnedElectronVersion()}`, download)
  } catch (error) {
    console.log(`    it failed: ${firstLineOf(error)}`)
  }
  const electron = installedElectron()
  if (electron !== undefined) return { ...electron, origin: 'its official download' }
  fs.mkdirSync(path.dirname(memory), { recursive: true })
  fs.writeFileSync(memory, attempt)
  return undefined
}

/** Drops the stack that the installer prints below its message. */
function firstLineOf(error: unknown): string {
  const [, line] = (error instanceof Error ? error.message : String(error)).split('\n')
  return line ?? 'it printed nothing'
}

function failedLately(memory: string, attempt: string): boolean {
  if (!fs.existsSync(memory)) return false
  const ageMs = Date.now() - fs.statSync(memory).mtimeMs
  return ageMs < pauseAfterFailureMs && fs.readFileSync(memory, 'utf8') === attempt
}
