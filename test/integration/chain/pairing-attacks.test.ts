import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Grant } from '../../../main/chain/pairing/protocol.ts'
import { err } from '../../../main/contract/result.ts'
import { authority, join, open, relay } from '../../support/pairing-scene.ts'
import { until } from '../../support/server-of-shop.ts'

describe('somebody in the middle', () => {
  test('who passes everything on learns neither key nor authority nor name', async () => {
    const { port, code, chainKey } = await open()
    const middle = await relay(port + 1)
    const right = code()
    const joined = await join(middle.port - 1, right, 'till-of-the-back-room')
    if (!joined.ok) throw new Error(joined.error)
    expect(joined.value.grant.chainKey).toBe(chainKey)
    await joined.value.kept()
    const seen = middle.seen().toString('latin1')
    for (const secret of [chainKey, right, 'AUTHORITY', 'till-of-the-back-room'])
      for (const text of [secret, Buffer.from(secret).toString('base64').replaceAll('=', '')])
        expect(seen).not.toContain(text)
  })

  test('what was recorded is good for nothing when it is said again', async () => {
    const { desk, port, code, acts } = await open()
    const middle = await relay(port + 1)
    const joined = await join(middle.port - 1, code())
    if (!joined.ok) throw new Error(joined.error)
    await joined.value.kept()
    await desk.offer()
    const socket = connect(port + 1, '127.0.0.1')
    const heard: Buffer[] = []
    socket.on('data', (chunk) => heard.push(chunk))
    socket.write(middle.fromTill())
    await once(socket, 'close')
    expect(Buffer.concat(heard).toString('utf8')).toContain('wrong-code')
    expect(acts).toEqual(['admit T2', 'settle T2'])
  })

  test('who plays the server to the till without the code gets one guess, and no name', async () => {
    const { port, code } = await open()
    // The till types the right code; who answers has guessed another.
    const guessing = await open()
    const result = await join(guessing.port, code())
    expect(result).toEqual(err('wrong-code'))
    expect(guessing.acts).toEqual([])
    expect(await join(port, code())).toMatchObject({ ok: true })
  })

  test('who answers without proof that they know the code is not believed', async () => {
    const { port, code } = await open()
    const middle = await relay(port + 1, (chunk, side, count) =>
      side === 'server' && count === 1
        ? framed(JSON.stringify({ word: randomBytes(32).toString('base64') }))
        : chunk,
    )
    expect(await join(middle.port - 1, code())).toEqual(err('wrong-code'))
  })

  // Whichever byte he changes: nobody joins, or both have joined with what was sent.
  test('who changes any message of either side prevents it, and gains nothing', async () => {
    const { desk, port, chainKey, acts } = await open()
    const results: { grant: Grant | null; isKept: boolean; isLetIn: boolean }[] = []
    for (const whose of ['till', 'server'] as const) {
      for (let nth = 0; nth < 4; nth += 1) {
        await desk.offer()
        const middle = await relay(port + 1, (chunk, side, count) =>
          side === whose && count === nth ? flipped(chunk) : chunk,
        )
        acts.length = 0
        const joined = await join(middle.port - 1, desk.view().code ?? '')
        const grant = joined.ok ? joined.value.grant : null
        const isKept = joined.ok && (await joined.value.kept())
        await until(() => acts.length % 2 === 0, 'it is settled')
        results.push({ grant, isKept, isLetIn: acts.some((act) => act.startsWith('settle')) })
      }
    }
    expect(results).toHaveLength(8)
    expect(results.filter(({ isKept }) => isKept)).toEqual([])
    // What was changed is never taken for the server's word.
    const grants = results.flatMap(({ grant }) => (grant === null ? [] : [grant]))
    expect(grants).toEqual(grants.map(() => ({ authority, chainKey })))
    expect(results.filter(({ grant, isLetIn }) => grant === null && isLetIn)).toEqual([])
  })
})

describe('the line is cut in the middle', () => {
  // Each message is the last that arrives once.
  test.each([0, 1, 2, 3])('after %i messages of the till', async (nth) => {
    const { desk, port, code, acts } = await open()
    const cut: { socket: Socket | null } = { socket: null }
    const middle = await relay(
      port + 1,
      (chunk, side, count) => {
        if (side !== 'till' || count < nth) return chunk
        cut.socket?.destroy()
        return null
      },
      cut,
    )
    const joined = await join(middle.port - 1, code())
    const isKept = joined.ok && (await joined.value.kept())
    expect(isKept).toBe(false)
    // Whoever was let in for the time being is forgotten.
    await until(() => acts.length === (nth === 3 ? 2 : 0), 'it is settled')
    expect(acts).toEqual(nth === 3 ? ['admit T2', 'abandon T2'] : [])

    // Once more, with a new code where this one is used.
    if (desk.view().code === null) await desk.offer()
    const again = await join(port, code())
    expect(again.ok && (await again.value.kept())).toBe(true)
    expect(acts.slice(-2)).toEqual(['admit T2', 'settle T2'])
  })

  test('the last word of the server is lost: it has let the till in, and the till does not know', async () => {
    const { port, code, acts } = await open()
    const middle = await relay(port + 1, (chunk, side, count) =>
      side === 'server' && count === 3 ? null : chunk,
    )
    const joined = await join(middle.port - 1, code())
    if (!joined.ok) throw new Error(joined.error)
    const kept = joined.value.kept()
    await until(() => acts.includes('settle T2'), 'the server has heard it')
    middle.cut()
    expect(await kept).toBe(false)
  })
})

describe('garbage at the port', () => {
  test('of any kind is dropped at once, and leaves room for the till', async () => {
    const { desk, port, code } = await open()
    for (const bytes of garbage()) {
      const socket = connect(port + 1, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.resume()
      socket.end(bytes)
      await once(socket, 'close')
    }
    // What looks like the beginning of a run is one.
    expect(desk.view().attemptsLeft).toBe(4)
    expect(await join(port, code())).toMatchObject({ ok: true })
  })

  test('of endless length is cut off before it is kept', async () => {
    const { port } = await open()
    const socket = connect(port + 1, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.resume()
    const before = process.memoryUsage().arrayBuffers
    let sent = 0
    const pour = (): void => {
      while (!socket.destroyed && sent < 64 * 1024 ** 2) {
        sent += 65_536
        if (!socket.write(Buffer.alloc(65_536, 1))) break
      }
    }
    socket.on('drain', pour)
    pour()
    await new Promise((resolve) => socket.once('close', resolve))
    expect(sent).toBeLessThan(64 * 1024 ** 2)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 ** 2)
  })

  test('more connections than a shop has tills are refused, and go by themselves', async () => {
    const { port, code } = await open()
    const idle = Array.from({ length: 20 }, () => connect(port + 1, '127.0.0.1'))
    for (const socket of idle) socket.on('error', () => undefined).resume()
    await until(
      () => idle.filter(({ closed }) => closed).length === 12,
      'all but eight are refused',
    )
    for (const socket of idle) socket.destroy()
    let joined = await join(port, code())
    // Until the server has seen that they are gone.
    for (let again = 0; !joined.ok && again < 20; again += 1) joined = await join(port, code())
    expect(joined).toMatchObject({ ok: true })
  })
})

/** With another letter in the last value of the message. */
function flipped(chunk: Buffer): Buffer {
  const changed = Buffer.from(chunk)
  const at = changed.length - 12
  changed[at] = changed[at] === 0x41 ? 0x42 : 0x41
  return changed
}

function garbage(): Buffer[] {
  const shaped = [
    {},
    [],
    null,
    1,
    'x',
    { version: 1 },
    { version: 1, share: 'AAAA' },
    { version: 1, share: Buffer.alloc(65, 4).toString('base64') },
    { version: '1', share: '' },
    { version: 2, share: 'AAAA' },
    { sealed: 'AAAA' },
    { word: 'AAAA' },
    { kept: true },
    { version: 1, share: 'A'.repeat(5000) },
    { __proto__: null, constructor: 1 },
  ].map((value) => framed(JSON.stringify(value)))
  const heads = [0, 1, 8193, 2 ** 31, 2 ** 32 - 1].map((length) => {
    const head = Buffer.alloc(4)
    head.writeUInt32BE(length)
    return head
  })
  const random = Array.from({ length: 60 }, (_, index) => randomBytes(1 + index * 37))
  return [...shaped, ...heads, ...random, framed('['.repeat(8000)), framed('{"a":'.repeat(1500))]
}

function framed(text: string): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(Buffer.byteLength(text))
  return Buffer.concat([head, Buffer.from(text)])
}
