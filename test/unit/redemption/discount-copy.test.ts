import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { CopyDiscount } from '../../../main/contract/copy-discount.ts'
import { ok } from '../../../main/contract/result.ts'
import { DiscountCopy } from '../../../main/redemption/discount-copy.ts'
import { codeOf, refusal, ScriptedTill, silence, tenYuanOff } from '../../support/scripted-till.ts'

interface SceneOptions extends Partial<CopyDiscount> {
  readonly isPractice?: boolean
  readonly isWorthKnown?: boolean
}

/** A till whose counter is copied from, and a clipboard. */
class Scene {
  readonly scripted = new ScriptedTill()
  readonly faults: unknown[] = []
  copying: DiscountCopy
  /** What is in the clipboard; whatever the test puts there is another program's. */
  clipboard = ''
  isClipboardBusy = false
  readonly #options: SceneOptions
  #timers: (() => void)[] = []

  constructor(options: SceneOptions = {}) {
    this.#options = options
    const { isWorthKnown = true } = options
    if (isWorthKnown) this.scripted.store.stocks.save(tenYuanOff, this.scripted.now)
    this.scripted.till.start()
    this.copying = this.#start()
    this.scripted.till.onCounter(() => this.copying.counterIs(this.scripted.till.counter()))
    onTestFinished(() => this.scripted.close())
  }

  /** The program ends without a word, and starts again. What it copied is still in the clipboard. */
  restart(): void {
    this.#timers = []
    this.scripted.restart()
    this.copying = this.#start()
    this.scripted.till.onCounter(() => this.copying.counterIs(this.scripted.till.counter()))
  }

  letTimePass(): void {
    for (const task of this.#timers.splice(0)) task()
  }

  #start(): DiscountCopy {
    const { when = 'always', pattern = '{amount}', isPractice = false } = this.#options
    return new DiscountCopy(
      {
        settings: { when, pattern },
        practice: isPractice ? 'PRACTICE' : null,
        clipboard: {
          put: async (text) => {
            if (!this.isClipboardBusy) this.clipboard = text
            return this.clipboard === text
          },
          take: async (text) => {
            if (this.clipboard === text) this.clipboard = ''
          },
        },
        scheduler: {
          after: (_, task) => {
            this.#timers.push(task)
            return () => {
              this.#timers = this.#timers.filter((other) => other !== task)
            }
          },
        },
        onChanged: () => undefined,
        onFault: (cause) => this.faults.push(cause),
      },
      this.scripted.till.counter(),
    )
  }
}

test('after green the discount is in the clipboard, until the next customer comes', async () => {
  const scene = new Scene()
  await scene.scripted.scan(1)
  expect(scene.clipboard).toBe('10.00')
  expect(scene.copying.view()).toEqual({ text: '10.00', isCopied: true })
  scene.scripted.till.nextCustomer()
  await setImmediate()
  expect(scene.clipboard).toBe('')
  expect(scene.copying.view()).toBeNull()
})

test('the cashier goes to the POS to paste it: it stays, also when it is no news any more', async () => {
  const scene = new Scene()
  await scene.scripted.scan(1)
  scene.scripted.till.ageVerdict()
  await scene.scripted.pass(60_000)
  expect(scene.clipboard).toBe('10.00')
})

test.each([
  ['silence (amber)', silence],
  ['a refusal (red)', refusal('COUPON_EXPIRED')],
])(
  'the next scan takes it out as it begins, and %s puts nothing in its place',
  async (_, reply) => {
    const scene = new Scene()
    await scene.scripted.scan(1)
    const late = Promise.withResolvers<typeof reply>()
    scene.scripted.use = () => late.promise
    const scanned = scene.scripted.scan(2)
    await setImmediate()
    expect(scene.clipboard).toBe('')
    late.resolve(reply)
    await scene.scripted.pass(6000)
    await scanned
    expect(scene.clipboard).toBe('')
    expect(scene.copying.view()).toBeNull()
  },
)

test('a coupon that was given before, and one of unknown worth, are not copied', async () => {
  const scene = new Scene()
  await scene.scripted.scan(1)
  await scene.scripted.pass(10_000)
  scene.scripted.till.nextCustomer()
  await scene.scripted.scan(1)
  expect(scene.copying.view()).toBeNull()
  const unknown = new Scene({ isWorthKnown: false })
  await unknown.scripted.scan(3)
  expect([scene.clipboard, unknown.clipboard]).toEqual(['', ''])
})

test('what is honoured without a reply is not copied, although its worth is known', async () => {
  const scene = new Scene()
  scene.scripted.use = () => silence
  const scanned = scene.scripted.scan(1, { stockId: '12' })
  await scene.scripted.pass(6000)
  await scanned
  const { useRequestNo } = scene.scripted.rowOf(1)
  scene.scripted.till.honour(useRequestNo, { by: '店长', why: '老顾客' }, null)
  const { verdict } = scene.scripted.till.counter().shown ?? {}
  expect(verdict).toMatchObject({ instruction: 'give', tone: 'amber', deductFen: 1000 })
  expect(scene.clipboard).toBe('')
})

test('a text that somebody else has put there since is left alone', async () => {
  const scene = new Scene()
  await scene.scripted.scan(1)
  scene.clipboard = 'theirs'
  scene.scripted.till.nextCustomer()
  await setImmediate()
  expect(scene.clipboard).toBe('theirs')
})

test('after two minutes it is taken out, and can be copied once more', async () => {
  const scene = new Scene()
  await scene.scripted.scan(1)
  scene.letTimePass()
  await setImmediate()
  expect(scene.clipboard).toBe('')
  expect(scene.copying.view()).toEqual({ text: '10.00', isCopied: false })
  scene.copying.copy()
  await setImmediate()
  expect(scene.clipboard).toBe('10.00')
})

test('on request alone nothing is copied before somebody asks', async () => {
  const scene = new Scene({ when: 'asked' })
  await scene.scripted.scan(1)
  expect(scene.clipboard).toBe('')
  expect(scene.copying.view()).toEqual({ text: '10.00', isCopied: false })
  scene.copying.copy()
  await setImmediate()
  expect([scene.clipboard, scene.copying.view()?.isCopied]).toEqual(['10.00', true])
})

test('switched off it offers nothing', async () => {
  const scene = new Scene({ when: 'never' })
  await scene.scripted.scan(1)
  scene.copying.copy()
  expect([scene.clipboard, scene.copying.view()]).toEqual(['', null])
})

test('a clipboard that another program holds is not said to have it', async () => {
  const scene = new Scene()
  scene.isClipboardBusy = true
  await scene.scripted.scan(1)
  await setImmediate()
  expect(scene.copying.view()).toEqual({ text: '10.00', isCopied: false })
})

test('what is to be paid is copied where the total is known, and follows it', async () => {
  const scene = new Scene({ pattern: '{payable}' })
  await scene.scripted.scan(1)
  expect(scene.copying.view()).toBeNull()
  scene.scripted.till.nextCustomer()
  scene.scripted.till.setTotal(6800)
  await scene.scripted.scan(2)
  expect(scene.clipboard).toBe('58.00')
  scene.scripted.till.setTotal(7800)
  await setImmediate()
  expect(scene.clipboard).toBe('68.00')
})

test('it goes when the next order begins, although the last verdict stays in sight', async () => {
  const scene = new Scene()
  const { till } = scene.scripted
  till.setTotal(6800)
  await scene.scripted.scan(1)
  till.ageVerdict()
  till.setTotal(7800)
  await setImmediate()
  expect(till.counter().shown?.verdict).toMatchObject({ instruction: 'give', deductFen: 1000 })
  expect([scene.clipboard, scene.copying.view()]).toEqual(['', null])
  await scene.scripted.scan(2)
  expect(scene.clipboard).toBe('10.00')
  // A POS opens one.
  const trade = { outTradeNo: null, transactionId: null, mchId: null }
  till.pos.open({ orderNo: null, totalFen: 9000, trade })
  await setImmediate()
  expect([scene.clipboard, scene.copying.view()]).toEqual(['', null])
})

test('a sum that becomes known when the cashier has typed it already is copied on request alone', async () => {
  const scene = new Scene({ isWorthKnown: false })
  const { queries, store } = scene.scripted
  const known = Promise.withResolvers<void>()
  queries.queryStock = async () => {
    await known.promise
    return ok(tenYuanOff)
  }
  await scene.scripted.scan(1)
  scene.scripted.till.ageVerdict()
  known.resolve()
  await expect.poll(() => scene.copying.view()).not.toBeNull()
  expect(scene.copying.view()).toEqual({ text: '10.00', isCopied: false })
  expect(scene.clipboard).toBe('')
  expect(store.stocks.find('12')).not.toBeNull()
})

test('in practice no POS takes it for a sum', async () => {
  const scene = new Scene({ isPractice: true })
  await scene.scripted.scan(1)
  expect(scene.clipboard).toBe('PRACTICE 10.00')
})

test('what a program left behind that ended without a word is taken out with the next customer', async () => {
  const scene = new Scene()
  await scene.scripted.scan(1)
  scene.restart()
  expect(scene.clipboard).toBe('10.00')
  scene.scripted.till.nextCustomer()
  await setImmediate()
  expect(scene.clipboard).toBe('')
})

test('a till that is closed leaves nothing behind', async () => {
  const scene = new Scene()
  await scene.scripted.scanCode(codeOf(1))
  await scene.copying.stop()
  expect(scene.clipboard).toBe('')
  expect(scene.faults).toEqual([])
})
