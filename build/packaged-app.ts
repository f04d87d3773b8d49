import fs from 'node:fs'
import path from 'node:path'
import { projectRoot, TaskError } from './project.ts'

/** Where electron-builder's `dir` target puts the app for the machine that it runs on. */
export interface PackagedApp {
  readonly folder: string
  readonly resources: string
  readonly executable: string
}

export function packagedApp(): PackagedApp {
  return packagedAppIn(path.join(projectRoot, 'dist'))
}

/** The copy that end-to-end tests use: see `inspectable-copy.ts`. */
export function inspectableApp(): PackagedApp {
  return packagedAppIn(path.join(projectRoot, 'dist/inspectable'))
}

/** The app's folder below `dist`. Throws when there is none. */
export function packagedAppIn(dist: string): PackagedApp {
  const arm = process.arch === 'arm64' ? '-arm64' : ''
  const found = {
    linux: inFolder(path.join(dist, `linux${arm}-unpacked`), 'hexiao-till'),
    win32: inFolder(path.join(dist, `win${arm}-unpacked`), 'Hexiao Till.exe'),
    darwin: inBundle(path.join(dist, `mac${arm}`)),
  }
  const platform = process.platform
  if (platform !== 'linux' && platform !== 'win32' && platform !== 'darwin') {
    throw new TaskError(`The till is not packaged for ${platform}.`)
  }
  if (!fs.existsSync(found[platform].executable)) {
    throw new TaskError(`${found[platform].executable} is not there. Run: npm run package`)
  }
  return found[platform]
}

function inFolder(folder: string, name: string): PackagedApp {
  return { folder, resources: path.join(folder, 'resources'), executable: path.join(folder, name) }
}

function inBundle(folder: string): PackagedApp {
  const contents = path.join(folder, 'Hexiao Till.app/Contents')
  return {
    folder,
    resources: path.join(contents, 'Resources'),
    executable: path.join(contents, 'MacOS/Hexiao Till'),
  }
}
