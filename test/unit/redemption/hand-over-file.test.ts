import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { scriptedShop } from '../../support/scripted-shop.ts'
import { codeOf, noLine, ScriptedTill, used } from '../../support/scripted-till.ts'
import { takeFrom } from '../../support/take-from.ts'

const note = { by: 'Li', why: 'new computer' }
const password = '一二三 four'
type Entry = Record<string, unknown>
// Passwords of the first version take some tenths of a second, and more on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

/** Every file is refused, so that one till serves all tests. */
let refusing: ScriptedTill
let sealed: Uint8Array

beforeAll(async () => {
  const first = new ScriptedTill({ tillId: 'T1' })
  first.use = () => noLine
  first.probe = () => noLine
  await first.scan(1)
  await first.scan(2)
  await first.pass(0)
  const made = first.till.handOver(password, note)
  if (!made.ok) throw new Error(made.error.code)
  sealed = made.value
  first.close()
  refusing = new ScriptedTill({ tillId: 'T2' })
})

afterAll(() => refusing.close())

const open = scriptedShop({ tillId: 'T2' })

function keyOf(salt: Uint8Array, cost: number): Buffer {
  const maxmem = 2 ** 30
  return scryptSync(password.normalize('NFKC'), salt, 32, { N: 2 ** cost, r: 8, p: 1, maxmem })
}

/** Seals a file by its documented form, with none of the till's own code. */
function sealText(text: string | Uint8Array, head = Buffer.from('HXTILL2\n\u000A')): Uint8Array {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)]
  const cost = head.length === 9 ? head.readUInt8(8) : 17
  const cipher = createCipheriv('aes-256-gcm', keyOf(salt, cost), nonce)
  cipher.setAAD(head)
  const plain = Buffer.from(text)
  const parts = [head, salt, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]
  return new Uint8Array(Buffer.concat(parts))
}

function entries(): Entry[] {
  const bytes = Buffer.from(sealed)
  const cipher = createDecipheriv(
    'aes-256-gcm',
    keyOf(bytes.subarray(9, 25), bytes.readUInt8(8)),
    bytes.subarray(25, 37),
  )
  cipher.setAAD(bytes.subarray(0, 9))
  cipher.setAuthTag(bytes.subarray(-16))
  const text = Buffer.concat([cipher.update(bytes.subarray(37, -16)), cipher.final()])
  return z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(text.toString('utf8')))
}

/** Returns the file with its first entry changed. */
function changed(change: (entry: Entry) => Entry): Uint8Array {
  const [first = {}, ...rest] = entries()
  return sealText(JSON.stringify([change(first), ...rest]))
}

function codeFor(file: Uint8Array): string {
  const taken = takeFrom(file, password, (brought) => refusing.till.takeOver(brought, note))
  expect(refusing.store.redemptions.count()).toBe(0)
  return taken.ok ? 'taken' : taken.error.code
}

/** The body of an entry with some of its fields changed. */
function bodyOf(entry: Entry, change: Entry): string {
  const sent = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(Buffer.from(String(entry['body']), 'base64').toString('utf8')))
  return body({ ...sent, ...change })
}

function without(entry: Entry, fields: readonly string[]): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !fields.includes(name)))
}

function body(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64')
}

test('a file sealed by other software in the documented form is taken over', async () => {
  const second = open()
  expect(
    takeFrom(sealText(JSON.stringify(entries())), password, (brought) =>
      second.till.takeOver(brought, note),
    ),
  ).toEqual({
    ok: true,
    value: { taken: 2, known: 0, closed: 0, review: 0 },
  })
  second.use = () => used
  await second.pass(60_000)
  expect([second.state(1), second.state(2)]).toEqual(['redeemed', 'redeemed'])
})

test('a file of the first version is taken over, with defaults for what it lacks', () => {
  const second = open()
  const added = ['given', 'orderNo', 'heldUntil', 'released', 'handOvers']
  const old = entries().map((entry) => ({
    ...without(entry, added),
    honoured: true,
    stakeFen: 700,
  }))
  const file = sealText(JSON.stringify(old), Buffer.from('HXTILL1\n'))
  expect(takeFrom(file, password, (brought) => second.till.takeOver(brought, note))).toMatchObject({
    value: { taken: 2 },
  })
  // The discount was given there: it must not be given again.
  expect(second.store.redemptions.findByCode(codeOf(1))).toMatchObject({
    given: { fen: 700 },
    handOvers: 1,
  })
})

describe('a file made by a newer version is recognised', () => {
  test.each<[string, (entry: Entry) => Entry]>([
    ['one field more', (entry) => ({ ...entry, colour: 'red' })],
    ['an unknown state', (entry) => ({ ...entry, state: 'suspended' })],
    ['an unknown reason', (entry) => ({ ...entry, reason: 'moon-full' })],
    ['an unknown source', (entry) => ({ ...entry, source: 'camera', colour: 'red' })],
    [
      'a field more within a field',
      (entry) => ({ ...entry, given: { at: 1, by: null, fen: null, till: 'T1' } }),
    ],
  ])('%s', (_, change) => {
    expect(codeFor(changed(change))).toBe('newer-version')
  })

  test('by its first bytes, whatever the password', () => {
    const file = Buffer.from(sealed)
    file.write('HXTILL3\n')
    expect(codeFor(file)).toBe('newer-version')
  })
})

describe('content that no till writes is refused', () => {
  test.each<[string, (entry: Entry) => Entry]>([
    ['a missing field', (entry) => without(entry, ['spent'])],
    ['a wrong type', (entry) => ({ ...entry, attempts: '3' })],
    ['a state that is no word', (entry) => ({ ...entry, state: 5 })],
    ['a decided state', (entry) => ({ ...entry, state: 'redeemed' })],
    ['half a count', (entry) => ({ ...entry, attempts: 1.5 })],
    ['a count below nothing', (entry) => ({ ...entry, spent: -1 })],
    ['a sum that no sum can be made of', (entry) => ({ ...entry, stakeFen: 9e15 })],
    ['a time that no calendar has', (entry) => ({ ...entry, recordedAt: 9e15 })],
    ['no generation', (entry) => ({ ...entry, handOvers: 0 })],
    ['a number with other characters', (entry) => ({ ...entry, useRequestNo: "T1'; --" })],
    ['a code that is longer than any', (entry) => ({ ...entry, couponCode: '1'.repeat(300) })],
    ['a body that is no base64', (entry) => ({ ...entry, body: '****' })],
    [
      'a body that is no JSON',
      (entry) => ({ ...entry, body: Buffer.from('{').toString('base64') }),
    ],
    [
      'a body of another coupon',
      (entry) => ({ ...entry, body: bodyOf(entry, { coupon_code: codeOf(9) }) }),
    ],
    [
      'a body of another number',
      (entry) => ({
        ...entry,
        body: bodyOf(entry, { use_request_no: 'T1-other-number' }),
      }),
    ],
    [
      'a body that names no account',
      (entry) => ({ ...entry, body: bodyOf(entry, { appid: undefined }) }),
    ],
    [
      'a body without a number',
      (entry) => ({ ...entry, body: bodyOf(entry, { use_request_no: undefined }) }),
    ],
    ['a body of megabytes', (entry) => ({ ...entry, body: 'AAAA'.repeat(1_000_000) })],
    ['a return without its request', (entry) => ({ ...entry, state: 'returning' })],
    [
      'a return of another coupon',
      (entry) => ({
        ...entry,
        state: 'returning',
        giveBack: { returnRequestNo: 'T1-return-1', body: body({ coupon_code: codeOf(9) }) },
      }),
    ],
    [
      'a return without a number in its request',
      (entry) => ({
        ...entry,
        state: 'returning',
        giveBack: {
          returnRequestNo: 'T1-return-1',
          body: body({ coupon_code: entry['couponCode'] }),
          reason: null,
          refusedAt: null,
        },
      }),
    ],
  ])('%s', (_, change) => {
    expect(codeFor(changed(change))).toBe('unreadable')
  })

  test.each([
    ['no JSON', 'a day at the races'],
    ['nothing', ''],
    ['no list', '{}'],
    ['a list of no entries', '[null]'],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x00)],
    ['a prototype', '[{"__proto__":{"state":"pending"}}]'],
    ['brackets without end', '['.repeat(100_000)],
  ])('%s', (_, text) => {
    expect(codeFor(sealText(text))).toBe('unreadable')
  })

  test('an entry that is there twice', () => {
    const [entry] = entries()
    expect(codeFor(sealText(JSON.stringify([entry, entry])))).toBe('unreadable')
  })

  test.each([0, 9, 19, 255])('a cost of 2^%i for each guess', (cost) => {
    const file = Buffer.from(sealed)
    file.writeUInt8(cost, 8)
    expect(codeFor(file)).toBe('unreadable')
  })
})

test('nothing of a file is taken whose return number belongs to another redemption here', async () => {
  const second = open()
  await second.scan(3)
  second.returnCoupon(second.store.redemptions.findByCode(codeOf(3))?.useRequestNo ?? '', note)
  await second.pass(60_000)
  const taken = second.store.redemptions.findByCode(codeOf(3))?.couponReturn?.returnRequestNo
  const [entry = {}, other] = entries()
  const back = {
    ...entry,
    state: 'returning',
    giveBack: {
      returnRequestNo: taken,
      body: body({ coupon_code: entry['couponCode'], return_request_no: taken }),
      reason: null,
      refusedAt: null,
    },
  }
  const file = sealText(JSON.stringify([other, back]))
  expect(takeFrom(file, password, (brought) => second.till.takeOver(brought, note))).toMatchObject({
    error: { code: 'unreadable' },
  })
  expect(second.store.redemptions.count()).toBe(1)
  expect(await second.store.audit.isIntact()).toBe(true)
})

test('one request under another appid, and nothing of the file is taken', () => {
  const foreign = changed((entry) => ({ ...entry, body: bodyOf(entry, { appid: 'wx99' }) }))
  expect(codeFor(foreign)).toBe('other-merchant')
})

test("a file of another merchant's till, or of a training till, is refused", () => {
  const other = new ScriptedTill({ tillId: 'T3', appid: 'wx9999999999999999' })
  expect(takeFrom(sealed, password, (brought) => other.till.takeOver(brought, note))).toMatchObject(
    {
      error: { code: 'other-merchant' },
    },
  )
  expect(other.store.redemptions.count()).toBe(0)
  other.close()
})

test('a changed, truncated or foreign file is refused', () => {
  const bytes = new Uint8Array(sealed)
  bytes[60] = (bytes[60] ?? 0) ^ 1
  expect(codeFor(bytes)).toBe('wrong-password')
  expect(codeFor(sealed.slice(0, 80))).toBe('wrong-password')
  expect(codeFor(sealed.slice(0, 50))).toBe('no-hand-over')
  expect(codeFor(sealed.slice(0, 8))).toBe('no-hand-over')
  expect(codeFor(new Uint8Array([1, 2, 3]))).toBe('no-hand-over')
  expect(codeFor(new Uint8Array(0))).toBe('no-hand-over')
})
