import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { chainDigest } from '../../../main/app/live/chain-files.ts'
import { noEngine } from '../../support/engine-here.ts'
import { freePort } from '../../support/free-port.ts'
import { relay } from '../../support/pairing-scene.ts'
import { until } from '../../support/server-of-shop.ts'
import { type DeskOfShop, openDesk } from '../../support/shop-desks.ts'

describe.skipIf(noEngine !== null)(
  `a shop changes${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    test('under a new key every other till is off until it has joined again, and nobody reads the old', async () => {
      const { server, second, port } = await shopOfTwo()
      const before = server.keychain('chain-key')
      expect(await second.claim('A')).toBe('won')
      expect(await server.desk.changeKey('王芳')).toMatchObject({ ok: true })
      expect(server.keychain('chain-key')).not.toBe(before)
      expect(server.desk.read().server?.tills).toMatchObject([
        { name: 'T1', mustRejoin: false },
        { name: 'T2', mustRejoin: true },
      ])
      await second.stands('not-admitted')
      expect(await second.claim('B')).toBe('unanswered')
      // The server goes on without it only by a person's word: it may have given discounts.
      await server.stands('gathering')
      expect(await second.joins(server, port)).toMatchObject({ ok: true })
      expect(second.keychain('chain-key')).toBe(server.keychain('chain-key'))
      await server.stands('checked')
      await second.stands('checked')
      expect(await second.claim('C')).toBe('won')
      expect(await server.claim('C')).toBe('lost')
      expect(server.acts).toContain('shop-key-changed null')
    })

    test('where the keychain refuses the new key everything stays, and nobody is cut off', async () => {
      const { server, second } = await shopOfTwo()
      const before = server.keychain('chain-key')
      server.refused.add('chain-key')
      expect(await server.desk.changeKey('王芳')).toEqual({
        ok: false,
        error: { code: 'key-not-kept' },
      })
      expect(server.keychain('chain-key')).toBe(before)
      expect(server.desk.read().server?.tills.map(({ mustRejoin }) => mustRejoin)).toEqual([
        false,
        false,
      ])
      expect(await second.claim('A')).toBe('won')
      expect(await server.claim('A')).toBe('lost')
      server.refused.clear()
      server.refused.add('till-anchor')
      expect(await server.desk.changeKey('王芳')).toMatchObject({ ok: false })
      expect(server.keychain('chain-key')).toBe(before)
    })

    test('a till that leaves is a till alone, keeps no key, and is off the list of the server', async () => {
      const { server, second, port } = await shopOfTwo()
      expect(await second.desk.leave('王芳')).toMatchObject({ ok: true, value: { joined: null } })
      expect(second.chain()).toBeNull()
      expect(second.keychain('chain-key')).toBeNull()
      expect(second.keychain('chain-till-seed')).toBeNull()
      expect(chainDigest(second.folder)).toBe('')
      await until(() => names(server).length === 1, 'the server has heard it')
      expect(server.acts).toContain('shop-till-left "T2"')
      // It comes back as it came.
      expect(await second.joins(server, port)).toMatchObject({ ok: true })
      await second.stands('checked')
    })

    test('a till that the keychain keeps in the shop has not left it', async () => {
      const { server, second } = await shopOfTwo()
      second.refused.add('till-anchor')
      expect(await second.desk.leave('王芳')).toEqual({
        ok: false,
        error: { code: 'key-not-kept' },
      })
      await second.stands('checked')
      expect(names(server)).toEqual(['T1', 'T2'])
    })

    test('after a lost disk a person goes on without a till that stays off, having been shown it', async () => {
      const { server, second, port } = await shopOfTwo()
      await second.chain()?.close()
      const stopped = await server.desk.stopServer('王芳')
      const folder = stopped.ok ? (stopped.value.stoppedFolder ?? '') : ''
      rmSync(path.join(folder, 'store'), { recursive: true })
      expect(await server.becomes(port, folder)).toMatchObject({ ok: true })
      await server.stands('gathering')
      expect(await server.claim('A')).toBe('unanswered')
      await until(() => server.desk.read().server?.gate.missing.length === 1, 'T1 has been there')
      const { gate } = server.desk.read().server ?? {}
      expect(gate).toMatchObject({ missing: [{ name: 'T2' }], lastLoss: 'store-lost' })
      const shown = gate?.missing.map(({ key }) => key) ?? []
      expect(await server.desk.openGate([], '王芳')).toMatchObject({
        error: { code: 'missing-changed' },
      })
      expect(await server.desk.openGate(shown, '王芳')).toMatchObject({ ok: true })
      await server.stands('checked')
      expect(await server.claim('A')).toBe('won')
      expect(server.acts).toContain('shop-gate-opened null')
    })

    test('a server at a new address is found again once it is typed', async () => {
      const { server, second } = await shopOfTwo()
      const stopped = await server.desk.stopServer('王芳')
      const folder = stopped.ok ? (stopped.value.stoppedFolder ?? '') : ''
      await second.stands('no-server')
      const next = await freePort()
      expect(await server.becomes(next, folder)).toMatchObject({ ok: true })
      expect(await second.desk.setAddress('not an address', '王芳')).toMatchObject({
        error: { code: 'address-wrong' },
      })
      expect(await second.desk.setAddress(`127.0.0.1:${next}`, '王芳')).toMatchObject({
        ok: true,
        value: { joined: { address: `127.0.0.1:${next}` } },
      })
      await second.stands('checked')
      expect(second.anchored()).toContain(chainDigest(second.folder))
    })

    test('the server moves to another PC in its folder, with its locks, and the old PC joins it', async () => {
      const { server, second, port } = await shopOfTwo()
      expect(await second.claim('A')).toBe('won')
      const stopped = await server.desk.stopServer('王芳')
      const folder = stopped.ok ? (stopped.value.stoppedFolder ?? '') : ''
      const stick = mkdtempSync(path.join(os.tmpdir(), 'hexiao-stick-'))
      onTestFinished(() => rmSync(stick, { recursive: true, force: true }))
      cpSync(folder, path.join(stick, 'server'), { recursive: true })
      // A folder that nobody chose is none.
      expect(await second.becomes(port, path.join(stick, 'server'))).toMatchObject({ ok: false })
      second.chosenFolder = path.join(stick, 'server')
      expect(await second.desk.chooseServerFolder()).toEqual({
        ok: true,
        value: { folder: second.chosenFolder, tills: ['T1', 'T2'] },
      })
      expect(await second.becomes(port, second.chosenFolder)).toMatchObject({ ok: true })
      await until(() => second.desk.read().server?.gate.state === 'open', 'nothing was lost')
      await second.stands('checked')
      expect(second.desk.read().server?.tills.find(({ isOwn }) => isOwn)?.name).toBe('T2')
      expect(await server.joins(second, port)).toMatchObject({ ok: true })
      await server.stands('checked')
      expect(await server.claim('A')).toBe('lost')
    })

    test("a folder of another shop, or the shop's without its key, is not taken over", async () => {
      const { server, port } = await shopOfTwo()
      const stopped = await server.desk.stopServer('王芳')
      const folder = stopped.ok ? (stopped.value.stoppedFolder ?? '') : ''
      const stranger = await openDesk('T9')
      stranger.chosenFolder = folder
      expect(await stranger.desk.chooseServerFolder()).toMatchObject({ ok: true })
      expect(await stranger.becomes(port, folder)).toEqual({
        ok: false,
        error: { code: 'chain-key-missing' },
      })
      expect(chainDigest(stranger.folder)).toBe('')
    })

    test('a till whose last word was heard has joined, though it was told nothing', async () => {
      const { server, port } = await shopOfOne()
      const till = await openDesk('T2')
      expect(await joinThrough(server, till, port, 'server')).toMatchObject({ ok: true })
      await till.stands('checked')
      expect(names(server)).toEqual(['T1', 'T2'])
    })

    test('a till whose last word was lost has not joined, and keeps nothing', async () => {
      const { server, port } = await shopOfOne()
      const till = await openDesk('T2')
      expect(await joinThrough(server, till, port, 'till')).toEqual({
        ok: false,
        error: { code: 'interrupted' },
      })
      expect(till.keychain('chain-key')).toBeNull()
      expect(chainDigest(till.folder)).toBe('')
      await until(() => names(server).length === 1, 'the server has forgotten it')
    })

    test('a till whose keys are gone from the keychain says so, and can leave', async () => {
      const { second } = await shopOfTwo()
      await second.forgets('chain-key')
      expect(second.chain()?.view()).toEqual({
        state: 'keys-missing',
        isBehind: false,
        server: null,
      })
      expect(second.faults.splice(0)).toHaveLength(1)
      expect(await second.claim('A')).toBe('unanswered')
      expect(await second.desk.leave('王芳')).toMatchObject({ ok: true })
      expect(second.chain()).toBeNull()
    })
  },
)

function names(server: DeskOfShop): string[] {
  return server.desk.read().server?.tills.map(({ name }) => name) ?? []
}

async function shopOfOne(): Promise<{ server: DeskOfShop; port: number }> {
  const server = await openDesk('T1')
  const port = await freePort()
  expect(await server.becomes(port)).toMatchObject({ ok: true })
  await server.stands('checked')
  return { server, port }
}

async function shopOfTwo(): Promise<{ server: DeskOfShop; second: DeskOfShop; port: number }> {
  const { server, port } = await shopOfOne()
  const second = await openDesk('T2')
  expect(await second.joins(server, port)).toMatchObject({ ok: true })
  await second.stands('checked')
  return { server, second, port }
}

/** Joins over a line that breaks once `whose` last word has been said, and that word with it. */
async function joinThrough(
  server: DeskOfShop,
  till: DeskOfShop,
  port: number,
  whose: 'server' | 'till',
): ReturnType<DeskOfShop['desk']['join']> {
  const code = await server.code()
  // Four of the till, three of the server: share, word, then sealed who it is or the grant, and that it is kept or done.
  const middle = await relay(port + 1, (chunk, side, count) => {
    if (side !== whose || count !== 3) return chunk
    setImmediate(() => middle.cut())
    return null
  })
  // What isn't pairing passes as it is.
  const near = createServer((socket) => {
    const far = connect(port, '127.0.0.1')
    for (const each of [socket, far]) each.on('error', () => undefined)
    socket.pipe(far).pipe(socket)
  })
  near.listen(middle.port - 1, '127.0.0.1')
  onTestFinished(() => void near.close())
  return till.desk.join({ address: `127.0.0.1:${middle.port - 1}`, code }, '王芳')
}
