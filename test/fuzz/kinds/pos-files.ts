import { strict as assert } from 'node:assert'
import * as fc from 'fast-check'
import fs from 'node:fs'
import path from 'node:path'
import { Command, CommandReply } from '../../../main/pos/command-schemas.ts'
import { PosFolder } from '../../../main/pos/folder.ts'
import { codeOf, silence, used } from '../../support/scripted-till.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'
import { editedBytes } from '../edited-bytes.ts'
import { shapedAfter } from '../json-arbitrary.ts'
import type { FuzzKind, Target } from '../kind.ts'
import { openPosLink } from '../pos-link.ts'
import { checkMoney } from '../pos-money.ts'

interface Left {
  readonly name: string
  readonly bytes: Uint8Array
  readonly as: 'req' | 'json' | 'link' | 'folder' | 'old'
  readonly before: 'nothing' | 'restart' | 'silence' | 'answers' | 'next-customer'
}

const port = 1
/** So few that requests meet. */
const orderIds = Array.from({ length: 20 }, (_, number) => `A${number}`)
const oneOrder = fc.constantFrom(...orderIds)

const sensible = fc.oneof(
  fc.record({
    do: fc.constant('order'),
    orderId: oneOrder,
    totalFen: fc.integer({ min: 1000, max: 20_000 }),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('redeem'),
      orderId: oneOrder,
      code: fc.integer({ min: 0, max: 5 }).map(codeOf),
    }),
  },
  fc.record({ do: fc.constant('return'), orderId: oneOrder, no: fc.constant('COUPON') }),
  fc.record({ do: fc.constantFrom('read', 'read', 'end'), orderId: oneOrder }),
)

const left: fc.Arbitrary<Left> = fc.record({
  name: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 400 }).map((number) => `k${number}`) },
    fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
  ),
  bytes: fc.oneof(
    { weight: 6, arbitrary: sensible.map((value) => Buffer.from(JSON.stringify(value))) },
    shapedAfter(Command).map(bytesOf),
    editedBytes(Buffer.from(`{"do":"redeem","orderId":"A1","code":"${codeOf(1)}","key":"收银"}`)),
    sensible.map((value) => Buffer.from(`\uFEFF${JSON.stringify(value)}`, 'utf16le')),
    fc.uint8Array({ maxLength: 200 }),
    fc.constant(Buffer.alloc(70_000, 32)),
  ),
  as: fc.oneof(
    { weight: 12, arbitrary: fc.constant('req' as const) },
    fc.constantFrom('json', 'link', 'folder', 'old'),
  ),
  before: fc.oneof(
    { weight: 8, arbitrary: fc.constant('nothing' as const) },
    fc.constantFrom('restart', 'silence', 'answers', 'next-customer'),
  ),
})

/**
 * Whatever is left in the folder: an answer beside it in words that a program reads, no bug, nothing opened but a file, and
 * about the money what holds of every request.
 */
export const posFiles: FuzzKind = {
  name: 'pos-files',
  counts: { short: 400, long: 20_000 },
  open: async () => openFolder(),
}

function openFolder(): Target {
  const place = temporaryFolder()
  const folder = path.join(place.path, 'requests')
  fs.mkdirSync(folder, { mode: 0o700 })
  const elsewhere = path.join(place.path, 'elsewhere')
  fs.writeFileSync(elsewhere, '{"do":"status"}')
  const link = openPosLink(port, [])
  const { scripted, store, clients, app } = link
  const token = clients.letFolderIn(store.pos)
  const watched = new PosFolder({
    folder,
    app,
    port,
    token: () => token,
    store: () => store.pos,
    fileTime: Date.now,
    onState: (fault) => assert.equal(fault, null),
    onFault: link.onFault,
  })
  const exits = new Map<number, number>()

  async function play({ before, ...request }: Left): Promise<void> {
    link.elapse(1000)
    if (before === 'restart') scripted.restart()
    else if (before === 'silence') scripted.use = () => silence
    else if (before === 'answers') scripted.use = () => used
    else if (before === 'next-customer') scripted.till.nextCustomer()
    await leave(request)
    await scripted.pass(200)
    assert.deepEqual(link.faults(), [])
    checkMoney(link.open(), store, orderIds)
  }

  async function leave({ name: wanted, bytes, as }: Omit<Left, 'before'>): Promise<void> {
    const name = wanted
      .replaceAll(/[/\0]/g, '_')
      .replaceAll(/[\ud800-\udfff]/g, '_')
      .slice(0, 40)
    const file = path.join(folder, `${name}.${as === 'json' ? 'json' : 'req'}`)
    if (as === 'link') fs.symlinkSync(elsewhere, file)
    else if (as === 'folder') fs.mkdirSync(file)
    else fs.writeFileSync(file, numbered(bytes))
    if (as === 'json') fs.writeFileSync(path.join(folder, `${name}.ok`), '')
    if (as === 'old') fs.utimesSync(file, 1, 1)
    assert.equal(await watched.look(), true)
    const text = fs.readFileSync(path.join(folder, `${name}.ans`), 'utf8')
    assert.match(text, /^[\x20-\x7e]+\n$/)
    const { exitCode, ok, problem } = CommandReply.parse(JSON.parse(text))
    if (as === 'link' || as === 'folder') assert.equal(problem?.code, 'not-a-file')
    assert.equal(ok, problem === undefined)
    exits.set(exitCode, (exits.get(exitCode) ?? 0) + 1)
    fs.rmSync(path.join(folder, `${name}.ans`))
    if (as === 'folder') fs.rmdirSync(file)
    assert.deepEqual(fs.readdirSync(folder), [])
    assert.equal(fs.readFileSync(elsewhere, 'utf8'), '{"do":"status"}')
  }

  /** Puts the number of the newest coupon in. */
  function numbered(bytes: Uint8Array): Uint8Array {
    const [newest] = store.redemptions.recent(1)
    const text = Buffer.from(bytes).toString('latin1')
    return Buffer.from(text.replace('COUPON', newest?.useRequestNo ?? 'T1-nobody'), 'latin1')
  }

  return {
    property: (measured) => fc.asyncProperty(left, (request) => measured(() => play(request))),
    async close() {
      watched.close()
      scripted.close()
      place.remove()
      const counted = [...exits].toSorted(([one], [other]) => one - other)
      return counted.map(([exit, count]) => `${count} × ${exit}`).join(', ')
    },
  }
}

function bytesOf(value: unknown): Buffer {
  try {
    return Buffer.from(JSON.stringify(value) ?? '')
  } catch {
    // A BigInt, or an object in itself: such a value has no JSON.
    return Buffer.from('{}')
  }
}
