import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { runOrThrow } from './command.ts'
import { reportProgress } from './progress.ts'
import { projectTool } from './project-tool.ts'
import { projectRoot } from './project.ts'

/** Everything that the compiled app depends on. */
const inputs = [
  'main',
  'renderer',
  'build/shipped',
  'build/tsconfig.base.json',
  'electron.vite.config.ts',
  'package-lock.json',
  'package.json',
]
const stamp = path.join(projectRoot, 'out/built-from')

/** Compiles the app into out/ unless out/ was already built from exactly these sources. */
export async function buildApp(): Promise<void> {
  const fingerprint = fingerprintOfSources()
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === fingerprint) return
  fs.rmSync(stamp, { force: true })
  const build = [projectTool('electron-vite'), 'build', '--logLevel', 'warn']
  await reportProgress('Building the till', runOrThrow(process.execPath, build))
  fs.writeFileSync(stamp, fingerprint)
}

function fingerprintOfSources(): string {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap(filesUnder)) {
    hash
      .update(`${file}\0`)
      .update(fs.readFileSync(path.join(projectRoot, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(place: string): string[] {
  if (!fs.statSync(path.join(projectRoot, place)).isDirectory()) return [place]
  return fs
    .readdirSync(path.join(projectRoot, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
    .toSorted()
}
