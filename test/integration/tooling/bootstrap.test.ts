import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { projectRoot } from '../../../build/project.ts'

// A separate project with the real bootstrap and an npm that records how it was called.
let root = ''
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'bootstrap-'))
  fs.cpSync(path.join(projectRoot, 'build/bootstrap'), path.join(root, 'build/bootstrap'), {
    recursive: true,
  })
  fs.copyFileSync(
    path.join(projectRoot, 'build/bootstrap.mjs'),
    path.join(root, 'build/bootstrap.mjs'),
  )
  writeLock('1.0.0')
  write(
    'task.mjs',
    `console.log('task', process.env.PROJECT_NODE, process.argv.slice(2).join(' '))
     console.log('path', process.env.PATH.split(':')[0])
     process.exit(7)`,
  )
})
afterEach(() => {
  fs.rmSync(root, { recursive: true })
})

function write(name: string, content: string): void {
  fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
  fs.writeFileSync(path.join(root, name), content)
}

function writeLock(version: string, more: object = {}): void {
  const packages = {
    '': {},
    'node_modules/node': { version },
    'node_modules/for-another-platform': {
      version: '1.0.0',
      optional: true,
      os: ['other'],
      engines: { node: '>= 99' },
    },
    ...more,
  }
  write('package-lock.json', JSON.stringify({ packages }))
}

/**
 * Writes an npm that does what `npm ci` does to node_modules, after failing the first `failures` times. Under the project's
 * Node it installs `young` too.
 */
function writeNpm({ failures = 0, version = '1.0.0', young = '' } = {}): void {
  write(
    'bin/npm',
    `#!/bin/sh
echo called >> "${root}/npm-calls"
[ "$(wc -l < "${root}/npm-calls")" -gt ${failures} ] || exit 1
mkdir -p node_modules/node/bin
printf '#!/bin/sh\nPROJECT_NODE=yes exec "${process.execPath}" "$@"\n' > node_modules/node/bin/node
chmod +x node_modules/node/bin/node
mkdir -p node_modules/.bin && cp node_modules/node/bin/node node_modules/.bin/node
echo '{"packages":{"node_modules/node":{"version":"${version}"}}}' > node_modules/.package-lock.json
[ "$1" = install ] && [ -n "${young}" ] && [ "$(PROJECT_NODE= node -p process.env.PROJECT_NODE)" = yes ] || exit 0
echo '{"packages":{"node_modules/node":{"version":"${version}"},"node_modules/young":{"version":"${young}"}}}' > node_modules/.package-lock.json
`,
  )
  fs.chmodSync(path.join(root, 'bin/npm'), 0o755)
}

function bootstrap(...args: readonly string[]): { status: number | null; output: string } {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${path.join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
  }
  delete env['npm_execpath']
  const script = path.join(root, 'build/bootstrap.mjs')
  const result = spawnSync(process.execPath, [script, ...args], { env, encoding: 'utf8' })
  return { status: result.status, output: result.stdout + result.stderr }
}

function npmCalls(): number {
  const file = path.join(root, 'npm-calls')
  if (!fs.existsSync(file)) return 0
  return fs.readFileSync(file, 'utf8').trim().split('\n').length
}

describe('the bootstrap', () => {
  test("installs what is missing and runs the task under the project's Node", () => {
    writeNpm()
    const { status, output } = bootstrap('task.mjs', 'one', 'two')
    expect(output).toContain('task yes one two')
    expect(output).toContain(`path ${path.join(root, 'node_modules/.bin')}`)
    expect(status).toBe(7)
  })

  test('installs nothing when everything is there', () => {
    writeNpm()
    bootstrap('task.mjs')
    bootstrap('task.mjs')
    expect(npmCalls()).toBe(1)
  })

  test('installs again when the lock file asks for another version', () => {
    writeNpm()
    bootstrap('task.mjs')
    writeLock('1.0.1')
    writeNpm({ version: '1.0.1' })
    expect(bootstrap('task.mjs').status).toBe(7)
    expect(npmCalls()).toBe(2)
  })

  test('tries again when npm fails', { timeout: 20_000 }, () => {
    writeNpm({ failures: 1 })
    expect(bootstrap('task.mjs').status).toBe(7)
    expect(npmCalls()).toBe(2)
  })

  test('installs under the new Node what npm left out because the machine’s was too old', () => {
    const young = { version: '2.0.0', optional: true, engines: { node: '^98.1.0 || >= 99' } }
    writeLock('1.0.0', { 'node_modules/young': young })
    writeNpm({ young: '2.0.0' })
    expect(bootstrap('task.mjs').status).toBe(7)
    expect(npmCalls()).toBe(2)
    expect(bootstrap('task.mjs').status).toBe(7)
    expect(npmCalls()).toBe(2)
  })

  test('stops with a message when node_modules is not what was asked for', () => {
    writeNpm({ version: '0.9.0' })
    const { status, output } = bootstrap('task.mjs')
    expect(status).toBe(1)
    expect(output).toContain('node_modules is not what package-lock.json asks for')
    expect(output).not.toContain('    at ')
  })
})
