import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { err } from '../../../main/contract/result.ts'
import { freePort } from '../../support/free-port.ts'
import {
  authority,
  join,
  open,
  recordHello,
  refusedAs,
  wrong,
} from '../../support/pairing-scene.ts'
import { until } from '../../support/server-of-shop.ts'

describe('joining with a code', () => {
  test('the till has the authority and the key; the server lets it in for good once it says that it has kept them', async () => {
    const { desk, port, chainKey, acts, code } = await open()
    const joined = await join(port, code())
    if (!joined.ok) throw new Error(joined.error)
    expect(joined.value.grant).toEqual({ authority, chainKey })
    expect(acts).toEqual(['admit T2'])
    expect(await joined.value.kept()).toBe(true)
    expect(acts).toEqual(['admit T2', 'settle T2'])
    expect(desk.view()).toMatchObject({ code: null, ended: 'joined', name: 'T2' })
  })

  test('a code is good once: afterwards nothing listens any more', async () => {
    const { port, code } = await open()
    const first = code()
    const joined = await join(port, first)
    if (!joined.ok) throw new Error(joined.error)
    expect(await joined.value.kept()).toBe(true)
    expect(refusedAs).toContainEqual(await join(port, first))
  })

  test('five wrong codes end it, and the right one does not help then', async () => {
    const { desk, port, code, acts } = await open()
    const right = code()
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      expect(await join(port, wrong(right))).toEqual(err('wrong-code'))
      expect(desk.view()).toMatchObject({ code: right, attemptsLeft: 5 - attempt })
    }
    expect(await join(port, wrong(right))).toEqual(err('wrong-code'))
    expect(desk.view()).toMatchObject({ code: null, ended: 'too-many-attempts' })
    expect(await join(port, right)).toMatchObject({ ok: false })
    expect(acts).toEqual([])
  })

  test('the fifth attempt counts, if it is right', async () => {
    const { port, code } = await open()
    const right = code()
    for (let attempt = 1; attempt <= 4; attempt += 1) await join(port, wrong(right))
    expect(await join(port, right)).toMatchObject({ ok: true })
  })

  test('who breaks off before a guess could be judged has used an attempt all the same', async () => {
    const { desk, port } = await open()
    const recorded = await recordHello(port, 'ABCDEFGH')
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      const socket = connect(port + 1, '127.0.0.1')
      socket.write(recorded)
      await once(socket, 'data')
      socket.destroy()
    }
    await expect.poll(() => desk.view().ended).toBe('too-many-attempts')
  })

  test('a code that is over, withdrawn, or replaced does not work', async () => {
    const short = await open({ validMs: 50 })
    const late = short.code()
    await until(() => short.desk.view().ended === 'expired', 'it is over')
    expect(await join(short.port, late)).toEqual(err('no-answer'))

    const { desk, port, code } = await open()
    const first = code()
    await desk.offer()
    expect(await join(port, first)).toEqual(err('wrong-code'))
    const second = code()
    desk.withdraw()
    expect(refusedAs).toContainEqual(await join(port, second))
  })

  test('two tills at once with the same code: one joins, the other is told that there is none', async () => {
    const { port, code, acts } = await open()
    const right = code()
    const both = await Promise.all([join(port, right, 'T2'), join(port, right, 'T3')])
    const [won, lost] = both.toSorted((a, b) => Number(b.ok) - Number(a.ok))
    expect(won).toMatchObject({ ok: true })
    expect(lost).toEqual(err('no-code'))
    expect(acts).toHaveLength(1)
  })

  test('a till whose name another till has is refused in words, and learns no key', async () => {
    const { desk, port, code } = await open()
    expect(await join(port, code(), 'taken')).toEqual(err('name-taken'))
    await until(() => desk.view().ended === 'refused', 'the server says so')
    expect(desk.view().name).toBe('taken')
  })

  test('nothing listens, or something else does', async () => {
    const port = await freePort()
    expect(await join(port - 1, 'ABCDEFGH')).toEqual(err('no-answer'))
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    other.listen(port, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    expect(await join(port - 1, 'ABCDEFGH')).toEqual(err('not-a-shop-server'))
  })
})
