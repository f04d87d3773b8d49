import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import type { OfflinePolicy } from '../../../main/redemption/offline-policy.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import {
  codeOf,
  noLine,
  refusal,
  silence,
  type ScriptedTill,
  tenYuanOff,
  used,
} from '../../support/scripted-till.ts'
import { pendingRedemption } from '../../support/store-fixture.ts'

const open = scriptedShop()

/** Rules for a merchant's own codes, whose batch is certain. */
const ownCodes = {
  codeRules: { merchantCodes: [{ pattern: /OWN\d+/, stockId: '12' }] },
}

function scanOwn(number: number, totalFen: number | null = null) {
  return shop.scanCode(`OWN${number}`, { totalFen })
}

/** Leaves the store as a process that ended during its first attempt. */
function withAttemptCutOff(stopped: ScriptedTill): void {
  const at = stopped.now
  const begun = { attempts: 1, inFlight: true, recordedAt: at, nextAttemptAt: at }
  stopped.store.redemptions.insert(pendingRedemption(1, { couponCode: codeOf(1), ...begun }), {
    at,
    event: 'recorded',
    evidence: null,
  })
  stopped.use = () => refusal('RESOURCE_ALREADY_EXISTS')
}

const honour: OfflinePolicy = {
  mode: 'honour',
  byStock: {},
  limits: { open: 2, openFen: 5000, singleFen: 2000, oldestMs: 6e5, sinceContactMs: 6e5 },
}

describe('at the counter', () => {
  test('a code scanned twice while the first request is under way is one redemption with one verdict', async () => {
    open()
    const [one, two] = await Promise.all([shop.scan(1), shop.scan(1)])
    expect(one).toEqual(two)
    expect(shop.sent).toHaveLength(1)
  })

  test('a total below the threshold is refused before anything is sent', async () => {
    open(ownCodes)
    shop.store.stocks.save(tenYuanOff, shop.now)
    expect(await scanOwn(1, 4999)).toMatchObject({
      tone: 'red',
      reason: 'below-threshold',
      redemption: null,
    })
    expect(shop.sent).toEqual([])
    expect(await scanOwn(1, 6000)).toMatchObject({
      tone: 'green',
      payable: { totalFen: 6000, payFen: 5000, deductFen: 1000 },
    })
  })

  test('a threshold that becomes known with the reply takes the green back', async () => {
    open()
    shop.queries.queryStock = () => Promise.resolve(ok(tenYuanOff))
    await shop.scan(1, { totalFen: 4999 })
    await shop.pass(1000)
    expect(shop.till.counter().shown?.verdict).toMatchObject({
      tone: 'amber',
      reason: 'redeemed-below-threshold',
      instruction: 'do-not-give',
      shortFen: 1,
      choices: ['return'],
    })
    expect(shop.till.state().recent[0]).toMatchObject({ given: null, isBelowThreshold: true })
  })

  test('a coupon outside its known validity is refused only by a confirmed clock', async () => {
    let confirmed: number | null = null
    open({ ...ownCodes, clocks: { confirmed: () => confirmed } })
    shop.store.stocks.save({ ...tenYuanOff, availableUntil: shop.now - 6000 }, shop.now)
    expect((await scanOwn(1)).tone).toBe('green')
    confirmed = shop.now
    expect(await scanOwn(2)).toMatchObject({ tone: 'red', reason: 'outside-known-window' })
    expect(shop.sent).toHaveLength(1)
    // A clock that is confirmed may be a second or two off: at the edge WeChat Pay decides.
    confirmed = shop.now - 2000
    expect((await scanOwn(3)).tone).toBe('green')
  })

  test('a coupon outside its days and hours is refused before it is sent', async () => {
    const mondayAtTen = Date.parse('2026-01-05T10:00:00+08:00')
    let confirmed = mondayAtTen
    open({ ...ownCodes, clocks: { confirmed: () => confirmed } })
    const weekHours = { days: [1], spans: [{ from: 9 * 3600, to: 10 * 3600 }] }
    shop.store.stocks.save({ ...tenYuanOff, weekHours }, shop.now)
    expect((await scanOwn(1)).tone).toBe('green')
    for (const outside of [
      '2026-01-05T10:00:01+08:00',
      '2026-01-05T08:59:59+08:00',
      '2026-01-04T09:30:00+08:00',
    ]) {
      confirmed = Date.parse(outside)
      expect(await scanOwn(2)).toMatchObject({ tone: 'red', reason: 'outside-known-window' })
    }
    // Sunday evening in London is Monday morning in Beijing.
    confirmed = Date.parse('2026-01-05T01:30:00Z')
    expect((await scanOwn(2)).tone).toBe('green')
    expect(shop.sent).toHaveLength(2)
  })

  test("a merchant's own code is sent with its batch, WeChat Pay's own code without", async () => {
    open({
      codeRules: {
        merchantCodes: [
          { pattern: /OWN\d/, stockId: '8' },
          { pattern: /OWN\d/, stockId: '9' },
          { pattern: /UP\d/, stockId: '7' },
        ],
      },
    })
    expect((await shop.scanCode('OWN1')).reason).toBe('stock-not-chosen')
    await shop.scanCode('OWN1', { stockId: '8' })
    await shop.scanCode('UP1')
    await shop.scan(1, { stockId: '9' })
    expect(shop.sent.map((body) => /"stock_id":"(\d)"/.exec(body)?.[1])).toEqual([
      '8',
      '7',
      undefined,
    ])
  })

  test('a failure to store a batch is reported and stops nothing', async () => {
    open({ onlyStockId: '12' })
    shop.queries.queryStock = () => Promise.resolve(ok(tenYuanOff))
    shop.store.stocks.save = () => {
      throw new Error('disk full')
    }
    expect((await shop.scan(1)).tone).toBe('green')
    await shop.pass(1000)
    expect(shop.faults.splice(0)).toEqual([new Error('disk full')])
    expect((await shop.scan(2)).tone).toBe('green')
    shop.faults.splice(0)
  })

  test('a disk that is full when an attempt is written is reported, and the entry is tried again', async () => {
    open()
    shop.use = () => silence
    await shop.scan(1)
    shop.use = () => used
    const update = shop.store.redemptions.update.bind(shop.store.redemptions)
    const sentBefore = shop.sent.length
    shop.store.redemptions.update = () => {
      throw new Error('disk full')
    }
    await shop.pass(600_000)
    expect(shop.faults.splice(0)).toContainEqual(new Error('disk full'))
    expect(shop.sent).toHaveLength(sentBefore)
    shop.store.redemptions.update = update
    await shop.pass(600_000)
    expect(shop.state(1)).toBe('redeemed')
  })

  test('a coupon that another till of the shop redeemed is not sent', async () => {
    open()
    const told = { tillId: 'T2', useRequestNo: 'T2-1', at: shop.now, state: 'redeemed' } as const
    const peer = { ...told, couponCode: codeOf(1), stockId: null }
    shop.till.hearFromPeers([peer])
    expect(await shop.scan(1)).toMatchObject({ tone: 'red', reason: 'redeemed-at-other-till' })
    expect(shop.sent).toEqual([])
  })
})

describe('while WeChat Pay is silent', () => {
  test('coupons are honoured up to the limit, and a loss goes to review with its amount', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    shop.store.stocks.save(tenYuanOff, shop.now)
    await shop.scan(9)
    shop.use = () => noLine
    for (const number of [1, 2])
      expect(await shop.scan(number)).toMatchObject({
        tone: 'amber',
        instruction: 'give',
        offline: { mode: 'honour', limit: null },
      })
    expect(await shop.scan(3)).toMatchObject({
      instruction: 'not-yet',
      offline: { mode: 'hold', limit: 'open-count' },
    })
    shop.use = () => refusal('RULELIMIT', 403)
    shop.till.syncNow()
    await shop.pass(60_000)
    expect([shop.state(1), shop.state(2), shop.state(3)]).toEqual(['review', 'review', 'refused'])
    expect(shop.store.redemptions.findByCode(codeOf(1))?.honouredValueFen).toBe(1000)
  })

  test('a shop that refuses coupons offline records nothing once the line is known to be down', async () => {
    open({ offlinePolicy: { ...honour, mode: 'refuse' } })
    shop.use = () => noLine
    shop.probe = () => noLine
    expect(await shop.scan(1)).toMatchObject({ tone: 'red', reason: 'offline-not-accepted' })
    expect(shop.state(1)).toBe('cancelled')
    expect(await shop.scan(2)).toMatchObject({ tone: 'red', reason: 'offline-not-accepted' })
    expect(shop.state(2)).toBeUndefined()
  })

  test('honouring a coupon during an attempt keeps both the honouring and the reply', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    shop.store.stocks.save(tenYuanOff, shop.now)
    await shop.scan(9)
    const late = Promise.withResolvers<typeof used>()
    shop.use = () => late.promise
    const verdict = shop.scan(1)
    await shop.pass(5000)
    expect(await verdict).toMatchObject({
      tone: 'amber',
      instruction: 'give',
      reason: 'no-answer-in-time',
    })
    late.resolve(used)
    await shop.pass(1)
    expect(shop.store.redemptions.findByCode(codeOf(1))).toMatchObject({
      state: 'redeemed',
      honoured: true,
    })
  })

  // Every interleaving of the two, from a reply well before the patience ends to one just after it.
  test.each(Array.from({ length: 24 }, (_, turns) => turns))(
    'a reply %i turns before the patience ends is neither lost nor overwritten',
    async (turns) => {
      const tasks: { ms: number; task: () => void }[] = []
      open({
        offlinePolicy: honour,
        onlyStockId: '12',
        scheduler: {
          after(ms, task) {
            tasks.push({ ms, task })
            return () => {}
          },
        },
      })
      shop.store.stocks.save(tenYuanOff, shop.now)
      await shop.scan(9)
      const late = Promise.withResolvers<typeof used>()
      shop.use = () => late.promise
      const verdict = shop.scan(1)
      await setImmediate()
      late.resolve(used)
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      tasks.findLast(({ ms }) => ms === 5000)?.task()
      const { tone, instruction } = await verdict
      const isHonoured = tone === 'amber' && instruction === 'give'
      await setImmediate()
      expect(tone === 'green' || isHonoured).toBe(true)
      expect(shop.store.redemptions.findByCode(codeOf(1))).toMatchObject({
        state: 'redeemed',
        honoured: isHonoured,
      })
    },
  )

  test('an attempt interrupted by the end of the process may have redeemed the coupon', async () => {
    open({}, { prepare: withAttemptCutOff })
    await shop.pass(60_000)
    expect(shop.state(1)).toBe('review')
  })

  test('days without a line use up no attempt and give up no redemption', async () => {
    open()
    shop.use = () => noLine
    shop.probe = () => noLine
    await shop.scan(1)
    await shop.pass(3 * 86_400_000)
    expect(shop.store.redemptions.findByCode(codeOf(1))).toMatchObject({
      state: 'pending',
      undecidedAttempts: 0,
    })
    // Once the breaker is open, only probes are sent.
    expect(shop.sent.length).toBeLessThan(10)
    shop.use = () => used
    shop.probe = () => refusal('RESOURCE_NOT_EXISTS', 404)
    await shop.pass(120_000)
    expect(shop.state(1)).toBe('redeemed')
  })
})
