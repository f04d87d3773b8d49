import fs from 'node:fs'
import path from 'node:path'
import { run } from '../command.ts'
import { cacheFolder, requireFromProject } from '../project.ts'
import { isDevelopmentRuntimeOffered } from './development-runtime.ts'
import { executableIn, pinnedElectronVersion, runtimeAt, type ElectronRuntime } from './runtime.ts'

const longestDownloadMs = 10 * 60_000
const pauseAfterFailureMs = 6 * 3_600_000

/** The binary inside the electron package, when a download has put it there. */
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
 * Electron's own installer, which honours ELECTRON_MIRROR and checks what it gets against the package's checksums.
 * Where another runtime can step in, a failure is remembered for a while, so that a start on a machine that cannot
 * reach the download does not wait for it each time.
 */
export async function downloadOfficialElectron(): Promise<ElectronRuntime | undefined> {
  const memory = path.join(cacheFolder(), 'electron-download-failed.json')
  const attempt = JSON.stringify({
    version: pinnedElectronVersion(),
    mirror: process.env['ELECTRON_MIRROR'] ?? null,
  })
  if (isDevelopmentRuntimeOffered() && failedLately(memory, attempt)) return undefined

  console.log(`Downloading Electron ${pinnedElectronVersion()}…`)
  const installer = requireFromProject.resolve('electron/install.js')
  const status = await run(process.execPath, [installer], {
    quiet: true,
    timeoutMs: longestDownloadMs,
  })
  const electron = status === 0 ? installedElectron() : undefined
  if (electron !== undefined) return { ...electron, origin: 'its official download' }
  console.log('  The download did not succeed (`npx install-electron` says why).')
  fs.mkdirSync(path.dirname(memory), { recursive: true })
  fs.writeFileSync(memory, attempt)
  return undefined
}

function failedLately(memory: string, attempt: string): boolean {
  if (!fs.existsSync(memory)) return false
  const ageMs = Date.now() - fs.statSync(memory).mtimeMs
  return ageMs < pauseAfterFailureMs && fs.readFileSync(memory, 'utf8') === attempt
}
