import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { PosContract } from '../../support/pos-contract.ts'
import { PosScene } from '../../support/pos-scene.ts'

/*
 * The document says which bodies are taken, to whoever generates a client or a form of it: the till takes these, and no
 * others. By Ajv, and over everything that JSON can say.
 */
const contract = new PosContract()

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(1, 100_000_000, 100_000_001, 9_007_199_254_740_992, 1e300, 1.5, -0, '', ' '),
)
const texts = fc.oneof(
  fc.constantFrom('小陈', ' x ', ' ', '\u3000', '\u200b', 'a\nb', ' '.repeat(21), '٣', 'a1', '12'),
  fc.constantFrom('x', '小', '😀', '*').chain((of) => fc.nat(36).map((times) => of.repeat(times))),
  fc.string({ unit: 'binary', maxLength: 30 }),
)

/** Fields that nobody knows, and what is no object at all. */
const others = fc.oneof(
  anything,
  fc.dictionary(fc.constantFrom('code', 'orderId', 'more'), anything),
)

/** Mostly one of `usual`, so that one field at a time is wrong. */
function mostly<T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: anything })
}

/** Mostly one of these, which are good or just beyond a limit. */
function textLike(...likely: readonly string[]): fc.Arbitrary<unknown> {
  const one = fc.constantFrom(...likely)
  return mostly(fc.oneof({ weight: 4, arbitrary: one }, { weight: 1, arbitrary: texts }))
}

const item = fc.record(
  {
    name: textLike('面', ' b '),
    quantity: mostly(fc.double({ min: 0.001, max: 10, noNaN: true })),
    totalFen: mostly(fc.nat()),
  },
  { requiredKeys: ['name', 'quantity', 'totalFen'] },
)
const openOrder = fc.record(
  {
    orderId: mostly(fc.constantFrom('A1', 'A2')),
    totalFen: mostly(fc.integer({ min: 1, max: 100_000 })),
    cashier: textLike('小陈', '😀'.repeat(20), ` ${'x'.repeat(20)}`),
    items: mostly(fc.array(item, { maxLength: 2 })),
    outTradeNo: textLike('a-_|*@', 'x'.repeat(32)),
    transactionId: textLike('a1'),
    mchId: textLike('12'),
  },
  { requiredKeys: ['orderId', 'totalFen'] },
)
const addCoupon = fc.oneof(
  fc.record({ code: textLike('1201059453000000000042', 'x') }),
  fc.record({ offered: textLike('T1-20260105100000-AAAAAAAA') }),
)
const pairing = fc.record(
  { code: mostly(fc.constant('000000')), name: mostly(texts) },
  {
    requiredKeys: [],
  },
)

const orderPath = '/v1/orders/{orderId}/coupons'
const kinds = [
  ['/v1/orders', openOrder],
  [orderPath, addCoupon],
  ['/v1/pairings', pairing],
  [`${orderPath}/{no}/return`, fc.constant({})],
] as const

test.each(kinds)(
  'of bodies for %s the till takes what the document allows',
  async (path, bodies) => {
    const scene = new PosScene()
    await scene.openOrder('A0', 6800)
    const address = path.replace('{orderId}', 'A0').replace('{no}', 'T1-20260105100000-AAAAAAAA')
    const taken = { yes: 0, no: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 5, arbitrary: bodies }, { weight: 1, arbitrary: others }),
        async (body) => {
          const text = JSON.stringify(body)
          const response = await scene.ask('POST', address, text)
          const isTaken = response.status !== 400
          taken[isTaken ? 'yes' : 'no'] += 1
          expect(isTaken).toBe(contract.allows('POST', path, JSON.parse(text)))
          // Whatever is wrong, it is said which field it is.
          const Fields = z.object({ fields: z.array(z.string()).optional() })
          expect(Fields.safeParse(await response.json()).success).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
    expect(Math.min(taken.yes, taken.no)).toBeGreaterThan(0)
    expect(scene.faults).toEqual([])
  },
)
