import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { chainDigest } from '../../../main/app/live/chain-files.ts'
import { noEngine } from '../../support/engine-here.ts'
import { freePort } from '../../support/free-port.ts'
import { until } from '../../support/server-of-shop.ts'
import { openDesk as desk } from '../../support/shop-desks.ts'

describe.skipIf(noEngine !== null)(
  `a shop is set up${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    test('one till becomes the server, another joins with the code, is removed, and a third is refused its name', async () => {
      const [server, second, third] = await Promise.all([desk('T1'), desk('T2'), desk('T2')])
      const port = await freePort()
      expect(await server.becomes(port)).toMatchObject({ ok: true })
      expect(server.desk.read().server).toMatchObject({
        state: 'running',
        tills: [{ name: 'T1', isOwn: true }],
      })

      const offered = await server.desk.offerCode('王芳')
      const code = offered.ok ? (offered.value.server?.pairing.code ?? '') : ''
      const address = `127.0.0.1:${port}`
      expect(await second.desk.join({ address, code }, '王芳')).toMatchObject({ ok: true })
      expect(second.keychain('chain-key')).toBe(server.keychain('chain-key'))
      // The seed of each till stays with it.
      expect(second.keychain('chain-till-seed')).not.toBe(server.keychain('chain-till-seed'))
      expect(server.acts).toContainEqual('shop-till-joined "T2"')

      await server.desk.offerCode('王芳')
      const again = server.desk.read().server?.pairing.code ?? ''
      expect(await third.desk.join({ address, code: again }, '王芳')).toEqual({
        ok: false,
        error: { code: 'name-taken' },
      })
      expect(third.keychain('chain-key')).toBeNull()
      expect(chainDigest(third.folder)).toBe('')

      const key = server.desk.read().server?.tills.find(({ name }) => name === 'T2')?.key ?? ''
      expect(await server.desk.removeTill(key, '王芳')).toMatchObject({ ok: true })
      expect(server.desk.read().server?.tills.map(({ name }) => name)).toEqual(['T1'])
    })

    test('the anchor knows who belongs to the shop, and notices whatever else changes it', async () => {
      const server = await desk('T1')
      expect(await server.becomes(await freePort())).toMatchObject({ ok: true })
      await until(() => server.anchored().length === 1, 'the anchor has it')
      expect(server.anchored()).toEqual([chainDigest(server.folder)])
      const file = path.join(server.folder, 'chain.json')
      const other = readFileSync(file, 'utf8').replace('127.0.0.1', '10.0.0.66')
      writeFileSync(file, other)
      expect(server.anchored()).not.toContain(chainDigest(server.folder))
    })

    test('the server is stopped, and starts again from its folder with the same authority and roster', async () => {
      const server = await desk('T1')
      const port = await freePort()
      await server.becomes(port)
      const { authority } = JSON.parse(readFileSync(path.join(server.folder, 'chain.json'), 'utf8'))
      const stopped = await server.desk.stopServer('王芳')
      const folder = stopped.ok ? stopped.value.stoppedFolder : null
      expect(folder).not.toBeNull()
      expect(chainDigest(server.folder)).toBe('')
      expect(await server.becomes(port, folder)).toMatchObject({ ok: true })
      const profile = JSON.parse(readFileSync(path.join(server.folder, 'chain.json'), 'utf8'))
      expect(profile.authority).toBe(authority)
    })

    test('a till whose file of the shop is damaged can leave, and is a till alone', async () => {
      const till = await desk('T1')
      writeFileSync(path.join(till.folder, 'chain.json'), '{"version":1,"addr')
      expect(await till.desk.leave('王芳')).toMatchObject({ ok: true, value: { joined: null } })
      expect(till.faults.splice(0).length).toBeGreaterThan(0)
      expect(chainDigest(till.folder)).toBe('')
    })

    test('a server that cannot be read is put aside, not deleted, where a new one begins', async () => {
      const till = await desk('T1')
      const damaged = path.join(till.folder, 'shop-server')
      mkdirSync(damaged)
      writeFileSync(path.join(damaged, 'serving.json'), '{"version":1')
      expect(await till.becomes(await freePort())).toMatchObject({ ok: true })
      expect(till.faults.splice(0).length).toBeGreaterThan(0)
      const aside = readdirSync(till.folder).filter((name) => name.startsWith('shop-server-'))
      expect(aside).toHaveLength(1)
      expect(readFileSync(path.join(till.folder, aside[0] ?? '', 'serving.json'), 'utf8')).toBe(
        '{"version":1',
      )
    })

    test('a program that the page names by itself is never started', async () => {
      const till = await desk('T1')
      const order = { program: process.execPath, port: 7640, folder: null }
      expect(await till.desk.becomeServer(order, '-')).toEqual({
        ok: false,
        error: { code: 'program-not-chosen' },
      })
    })
  },
)
