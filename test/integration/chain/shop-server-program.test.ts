import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildBackOfficeProgram } from '../../../build/back-office.ts'
import { serviceText } from '../../../main/back-office/service-text.ts'
import { readArguments } from '../../../main/shop-server/arguments.ts'
import { readChainKey } from '../../../main/shop-server/chain-key-file.ts'
import { serviceOf } from '../../../main/shop-server/service.ts'
import { backOfficeFolder } from '../../support/back-office-program.ts'
import { noEngine } from '../../support/engine-here.ts'
import { freePort } from '../../support/free-port.ts'
import { until } from '../../support/server-of-shop.ts'
import { openDesk } from '../../support/shop-desks.ts'
import {
  type ShopServerProgram,
  startShopServerProgram,
} from '../../support/shop-server-program.ts'

// Some starts of a program each.
const timeout = 120_000

describe.skipIf(noEngine !== null)(
  `a server without a till${noEngine ? ` (not here: ${noEngine})` : ''}`,
  { timeout },
  () => {
    test('tills join it with the code that it shows, are listed and removed; it ends and goes on as it was', async () => {
      const [folder, port] = [backOfficeFolder(), await freePort()]
      const program = await startShopServerProgram(folder, port)
      const till = await openDesk('T1')
      expect(await joins(till, program, port)).toMatchObject({ ok: true })
      await till.stands('checked')
      expect(await till.claim('A')).toBe('won')
      expect(await program.text('status')).toContain('- T1')
      await expect(program.order('remove', 'T7')).rejects.toThrow('Command failed')

      expect(await program.end('SIGTERM')).toBe(0)
      expect(isRunning(serverProcess(folder))).toBe(false)
      await till.stands('no-server')
      const again = await startShopServerProgram(folder, port)
      await till.stands('checked')

      expect(await again.order('remove', 'T1')).toMatchObject({ ok: true, server: { tills: [] } })
      await till.stands('not-admitted')
    })

    test('a new key cuts every till off until it has joined again', async () => {
      const [folder, port] = [backOfficeFolder(), await freePort()]
      const program = await startShopServerProgram(folder, port)
      const till = await openDesk('T1')
      await joins(till, program, port)
      await till.stands('checked')
      const before = readChainKey(folder, {})
      expect(await program.order('new-key')).toMatchObject({ ok: true })
      expect(readChainKey(folder, {})).not.toBe(before)
      await till.stands('not-admitted')
      expect(await joins(till, program, port)).toMatchObject({ ok: true })
      expect(till.keychain('chain-key')).toBe(readChainKey(folder, {}))
      await till.stands('checked')
    })

    test('the server ends with a program that is killed; no second one runs in its folder', async () => {
      const [folder, port] = [backOfficeFolder(), await freePort()]
      const program = await startShopServerProgram(folder, port)
      await expect(startShopServerProgram(folder, await freePort())).rejects.toThrow(
        'A server runs in this folder already.',
      )
      const pid = await processOnce(folder)
      await program.end('SIGKILL')
      // Elsewhere the next start ends it.
      if (process.platform === 'linux') await until(() => !isRunning(pid), 'it has ended')
      const again = await startShopServerProgram(folder, port)
      await until(() => serverProcess(folder) !== pid, 'another runs')
      expect(await again.text('status')).toContain('No till has joined yet.')
    })

    test('as it ships, one file, it runs under Node alone', async () => {
      const folder = backOfficeFolder()
      const script = await buildBackOfficeProgram('shop-server', path.join(folder, 'program'))
      const data = path.join(folder, 'data')
      const program = await startShopServerProgram(data, await freePort(), script)
      expect(await program.text('status')).toContain('No till has joined yet.')
      expect(await program.end('SIGTERM')).toBe(0)
    })

    test('nobody else reads what is in its folder', async () => {
      const folder = backOfficeFolder()
      await startShopServerProgram(folder, await freePort())
      for (const name of ['chain-key', 'keeper.json', 'server.key', 'serving.json'])
        expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0)
    })
  },
)

test("systemd's key goes before the folder's", () => {
  const folder = backOfficeFolder()
  expect(readChainKey(folder, {})).toBeNull()
  expect(readChainKey(folder, { CREDENTIALS_DIRECTORY: folder })).toBeNull()
})

test('the unit of systemd starts it again, with words that systemd reads as they are', () => {
  const command = readArguments(['run', '--service', '--folder', '/srv/a b 50%', '--port', '7640'])
  if (command.kind !== 'service') throw new Error(command.kind)
  const text = serviceText(serviceOf(command, ['/usr/bin/node', '/opt/x.mjs']))
  expect(text).toContain(
    'ExecStart=/usr/bin/node /opt/x.mjs run --folder "/srv/a b 50%%" --port 7640\n',
  )
  expect(text).toContain('Restart=always\n')
})

test.each([
  [['status'], '--folder'],
  [['status', 'T1', '--folder', '/x'], 'T1'],
  [['remove', '--folder', '/x'], 'remove'],
  [['run', '--folder', '/x', '--port', '99999'], '--port'],
  [['dance', '--folder', '/x'], 'dance'],
])('%j is refused, and told which word', (argv, problem) => {
  expect(readArguments(argv)).toEqual({ kind: 'wrong', problem })
})

async function joins(
  till: Awaited<ReturnType<typeof openDesk>>,
  program: ShopServerProgram,
  port: number,
): ReturnType<typeof till.desk.join> {
  const shown = await program.text('code')
  const code = /code ([2-9A-Z]{4} [2-9A-Z]{4})/.exec(shown)?.[1] ?? ''
  return till.desk.join({ address: `127.0.0.1:${port}`, code }, '王芳')
}

function serverProcess(folder: string): number {
  return Number(readFileSync(path.join(folder, 'server.pid'), 'utf8'))
}

async function processOnce(folder: string): Promise<number> {
  let pid = 0
  await until(() => {
    try {
      pid = serverProcess(folder)
    } catch {
      return false
    }
    return isRunning(pid)
  }, 'it has written its process id')
  return pid
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
