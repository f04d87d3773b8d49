import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { buildBackOfficeProgram } from '../../../build/back-office.ts'
import { serviceText } from '../../../main/back-office/service-text.ts'
import { OfficeFile } from '../../../main/chain/office/office-file.ts'
import { readArguments } from '../../../main/office-hub/arguments.ts'
import { serviceOf } from '../../../main/office-hub/service.ts'
import { backOfficeFolder, startBackOfficeProgram } from '../../support/back-office-program.ts'
import { noEngine } from '../../support/engine-here.ts'
import { freePort } from '../../support/free-port.ts'
import { allTime, openAttachedShop, openOfficeIn } from '../../support/office-scene.ts'
import { until } from '../../support/server-of-shop.ts'

describe.skipIf(noEngine !== null)(
  `a hub of one's own${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    let script = ''
    let built = ''
    // As it ships, one file.
    beforeAll(async () => {
      built = mkdtempSync(path.join(os.tmpdir(), 'hexiao-office-hub-'))
      script = await buildBackOfficeProgram('office-hub', built)
    })
    afterAll(() => rmSync(built, { recursive: true, force: true }))

    test('with its files a shop and an office are let in, until the shop is expelled', async () => {
      const folder = backOfficeFolder()
      const data = path.join(folder, 'data')
      const hub = await startBackOfficeProgram(
        script,
        data,
        await freePort(),
        '--names',
        '127.0.0.1',
      )
      const [shopFile, keyFile] = [path.join(folder, 'east.json'), path.join(folder, 'keys.json')]
      expect(await hub.text('attach', 'East', '--output', shopFile)).toContain('attach-office')
      expect(await hub.text('keys', 'Chain', '--output', keyFile)).toContain(keyFile)
      for (const file of [shopFile, keyFile, path.join(data, 'hub.json')])
        expect(statSync(file).mode & 0o077).toBe(0)

      const { shop, forwarder } = await openAttachedShop(
        OfficeFile.parse(JSON.parse(readFileSync(shopFile, 'utf8'))),
      )
      const till = await shop.till('till 1')
      till.outbox.add({ useRequestNo: 'E1', couponCode: 'E1', batch: '12' })
      const office = await openOfficeIn(folder, keyFile)
      await expect
        .poll(async () => (await office.overview(allTime)).total.redeemed, { timeout: 30_000 })
        .toBe(1)
      await until(() => forwarder.state() === 'even', 'the hub has everything')
      expect(await hub.text('status')).toMatch(/^The hub runs\n.*\n- East\n$/)

      expect(await hub.text('expel', 'East')).toContain('expelled')
      till.outbox.add({ useRequestNo: 'E2', couponCode: 'E2', batch: '12' })
      await until(() => forwarder.state() === 'no-hub', 'the shop is out')
      expect(await hub.text('status')).toContain('No shop is attached yet.')
      expect((await office.overview(allTime)).total.redeemed).toBe(1)
      expect(await hub.end('SIGTERM')).toBe(0)
    }, 60_000)

    test('what it refuses leaves no file and no shop behind, and is said in words', async () => {
      const folder = backOfficeFolder()
      const start = ['--names', '127.0.0.1'] as const
      const hub = await startBackOfficeProgram(script, folder, await freePort(), ...start)
      const [file, other] = [path.join(folder, 'east.json'), path.join(folder, 'other.json')]
      await hub.text('attach', 'East', '--output', file)
      const before = readFileSync(file, 'utf8')
      await expect(hub.text('attach', 'West', '--output', file)).rejects.toThrow('not written')
      await expect(hub.text('attach', 'EAST', '--output', other)).rejects.toThrow('already')
      await expect(hub.text('expel', 'West')).rejects.toThrow('no shop “West”')
      expect(readFileSync(file, 'utf8')).toBe(before)
      expect(existsSync(other)).toBe(false)
      expect(await hub.text('status')).toMatch(/\n- East\n$/)
      await expect(
        startBackOfficeProgram(script, folder, await freePort(), ...start),
      ).rejects.toThrow('runs in this folder already')
      await hub.end('SIGTERM')
      await expect(hub.text('status')).rejects.toThrow('No hub runs')
    }, 60_000)

    test('says by itself that a port is taken, and that it runs once the port is free', async () => {
      const port = await freePort()
      const other = createServer()
      await new Promise<void>((resolve) => other.listen(port + 1, () => resolve()))
      onTestFinished(() => void other.close())
      const names = ['--names', '127.0.0.1']
      const hub = await startBackOfficeProgram(script, backOfficeFolder(), port, ...names)
      await until(() => hub.output().includes('Another program has one of its ports'), 'it says so')
      other.close()
      await until(() => hub.output().includes('The hub runs\n'), 'it runs')
      expect(await hub.text('status')).toContain('The hub runs')
    }, 60_000)
  },
)

test('the unit of systemd runs it with the same words', () => {
  const names = ['--names', 'hub.example.com,10.0.0.5']
  const command = readArguments(['run', '--service', '--folder', '/srv/hub', ...names])
  if (command.kind !== 'service') throw new Error(command.kind)
  expect(serviceText(serviceOf(command, ['/usr/bin/node', '/opt/x.mjs']))).toContain(
    'ExecStart=/usr/bin/node /opt/x.mjs run --folder /srv/hub --names hub.example.com,10.0.0.5 --port 7650 --leaf-port 7651\n',
  )
})

test.each([
  [['status'], '--folder'],
  [['run', '--folder', '/x'], '--names'],
  [['run', '--folder', '/x', '--names', 'a,https://b'], '--names'],
  [['run', '--folder', '/x', '--names', 'a', '--port', '7', '--leaf-port', '7'], '--leaf-port'],
  [['attach', '--folder', '/x', '--output', '/y'], 'attach'],
  [['attach', 'East', '--folder', '/x'], '--output'],
  [['expel', 'East', 'West', '--folder', '/x'], 'West'],
  [['status', 'East', '--folder', '/x'], 'East'],
  [['dance', '--folder', '/x'], 'dance'],
])('%j is refused, and told which word', (argv, problem) => {
  expect(readArguments(argv)).toEqual({ kind: 'wrong', problem })
})
