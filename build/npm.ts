import { spawn } from 'node:child_process'
import { projectRoot } from './project.ts'

interface NpmOutput {
  readonly status: number | null
  readonly output: string
}

/** Runs npm in the project and returns what it wrote to standard output. */
export async function npmOutput(args: readonly string[]): Promise<NpmOutput> {
  // Under an npm script this is the npm that runs it; otherwise the one on the path (a .cmd on Windows needs a shell).
  const own = process.env['npm_execpath']
  const isScript = own !== undefined && /\.c?js$/.test(own)
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  const child = spawn(isScript ? process.execPath : 'npm', isScript ? [own, ...args] : args, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: !isScript && process.platform === 'win32',
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
  child.on('error', reject)
  child.on('close', resolve)
  return { status: await promise, output }
}
