import { expect, test } from '@playwright/test'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { packagedApp } from '../../build/packaged-app.ts'

// The packaged app as it ships, started with nothing but a command line.
const { executable } = packagedApp()
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []

interface Ended {
  readonly code: number | null
  readonly written: string
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-home-'))
  const started = spawn(executable, [...asRoot, ...args], {
    env: { ...process.env, XDG_CONFIG_HOME: home, ...env },
  })
  const written: string[] = []
  started.stdout.setEncoding('utf8').on('data', (text: string) => written.push(text))
  started.stderr.setEncoding('utf8').on('data', (text: string) => written.push(text))
  return new Promise((resolve) => {
    started.once('exit', (code) => {
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 })
      resolve({ code, written: written.join('') })
    })
  })
}

for (const word of [
  '--inspect=0',
  '--inspect-brk=0',
  '--remote-debugging-port=0',
  '--user-data-dir=/tmp/hexiao-till-copied-profile',
  '--disable-web-security',
])
  test(`it refuses to start with ${word}, and prints why`, async () => {
    const { code, written } = await run([word])
    expect(code).toBe(2)
    expect(written).toContain(word)
    expect(written).not.toContain('Debugger listening')
    expect(written).not.toContain('DevTools listening')
    expect(fs.existsSync('/tmp/hexiao-till-copied-profile/live')).toBe(false)
  })

test('it neither runs as Node nor loads what NODE_OPTIONS names', async () => {
  const planted = path.join(os.tmpdir(), 'hexiao-till-planted.cjs')
  fs.writeFileSync(planted, "console.log('planted code ran')")
  const asNode = await run(['-p', "'ran as Node'"], { ELECTRON_RUN_AS_NODE: '1' })
  expect(asNode.code).toBe(2)
  expect(asNode.written).not.toContain('\nran as Node')
  const withOptions = await run(['status', '--json'], { NODE_OPTIONS: `--require ${planted}` })
  expect(withOptions.written).not.toContain('planted code ran')
  expect(withOptions.written).toContain('"command": "status"')
  fs.rmSync(planted)
})
