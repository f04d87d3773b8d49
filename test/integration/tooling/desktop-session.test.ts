import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDesktopSession } from '../../../build/desktop-session/desktop-session.ts'
import { runOrThrow } from '../../../build/command.ts'
import { projectRoot } from '../../../build/project.ts'

/** Returns the names of the processes that have this folder in their environment. */
function processesIn(home: string): string[] {
  return fs.readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return []
    try {
      const environment = fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
      if (!environment.includes(`HOME=${home}`)) return []
      return [fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim()]
    } catch {
      return [] // It ended in the meantime.
    }
  })
}

describe.skipIf(process.platform !== 'linux')('a desktop session', () => {
  test('has a display and an unlocked keychain, and leaves nothing behind', async () => {
    const session = await openDesktopSession()
    const home = session.env['HOME'] ?? ''
    expect(processesIn(home).toSorted()).toEqual([
      'Xvfb',
      'dbus-daemon',
      'gnome-keyring-d',
      'openbox',
    ])
    const geometry = await runOrThrow('xdotool', ['getdisplaygeometry'], { env: session.env })
    expect(geometry.trim()).toBe('1366 768')
    const roundTrip = `
    const keytar = require('keytar')
    keytar.setPassword('service', 'account', '密钥')
      .then(() => keytar.getPassword('service', 'account')).then(console.log)`
    const options = { env: session.env, cwd: projectRoot }
    expect((await runOrThrow(process.execPath, ['-e', roundTrip], options)).trim()).toBe('密钥')

    await session.close()
    expect(processesIn(home)).toEqual([])
    expect(fs.existsSync(home)).toBe(false)
  })

  test('does not see another one open at the same time', async () => {
    const [one, two] = await Promise.all([openDesktopSession(), openDesktopSession()])
    expect(one.env['DISPLAY']).not.toBe(two.env['DISPLAY'])
    expect(one.env['DBUS_SESSION_BUS_ADDRESS']).not.toBe(two.env['DBUS_SESSION_BUS_ADDRESS'])
    await Promise.all([one.close(), two.close()])
  })

  test('ends its command and cleans up when its owner is asked to stop', async () => {
    const { owner, home } = await startOwner(`run('sleep', ['60'], env)`)
    await expect.poll(() => processesIn(home)).toContain('sleep')

    owner.kill('SIGTERM')
    const [status] = await once(owner, 'exit')
    expect(status).toBe(130)
    expect(processesIn(home)).toEqual([])
    expect(fs.existsSync(home)).toBe(false)
  })

  test('leaves no server behind when its owner is killed', async () => {
    const { owner, home } = await startOwner('new Promise(() => setInterval(() => {}, 1000))')
    expect(processesIn(home)).toHaveLength(4)

    owner.kill('SIGKILL')
    await once(owner, 'exit')
    await expect.poll(() => processesIn(home)).toEqual([])
    fs.rmSync(home, { recursive: true, force: true })
  })
})

/** Starts a separate process that opens a session and runs `work` (an expression over `env` and `run`) in it. */
async function startOwner(work: string): Promise<{ owner: ChildProcess; home: string }> {
  const program = `
    const { withDesktopSession } = await import(${moduleName('desktop-session/desktop-session.ts')})
    const { run } = await import(${moduleName('command.ts')})
    await withDesktopSession((env) => {
      console.log(env.HOME)
      return ${work}
    })`
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program])
  const [line] = await once(owner.stdout.setEncoding('utf8'), 'data')
  return { owner, home: String(line).trim() }
}

function moduleName(file: string): string {
  return JSON.stringify(path.join(projectRoot, 'build', file))
}
