import { describe, expect, test } from 'vitest'
import { formatUseTime } from '../../../main/redemption/use-request.ts'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import {
  verifiedReply,
  codeOf,
  noLine,
  type ScriptedTill,
  type ScriptedTillOptions,
  silence,
  tenYuanOff,
  used,
} from '../../support/scripted-till.ts'

const open = scriptedShop()
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const offsets = [11 * 60_000, -11 * 60_000, 400 * dayMs, -400 * dayMs]
const wrongTime = verifiedReply(401, {
  code: 'SIGN_ERROR',
  message: 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟',
})

/** A PC whose clock is off, WeChat Pay with the right time, and a client that learns the difference from each reply. */
class OffClock {
  offMs: number
  learntMs = 0
  isConfirmed = false
  /** The PC's clock at the start; time passes equally for the PC and for WeChat Pay. */
  readonly startedAt: number
  readonly #shop: () => ScriptedTill

  constructor(offMs: number, getShop: () => ScriptedTill) {
    this.offMs = offMs
    this.#shop = getShop
    this.startedAt = Date.parse('2026-01-05T10:00:00+08:00')
  }

  /** WeChat Pay's time. */
  get right(): number {
    return this.#shop().now - this.offMs
  }

  /** Judges the coupon's validity by the time in the request, as WeChat Pay may. */
  use(body: string) {
    const signedAt = this.#shop().now + this.learntMs
    this.learntMs = -this.offMs
    if (Math.abs(signedAt - this.right) > 5 * 60_000) return wrongTime
    this.isConfirmed = true
    const { use_time: useTime } = JSON.parse(body)
    return Math.abs(Date.parse(useTime) - this.right) < 6 * hourMs
      ? used
      : verifiedReply(403, { code: 'RULE_LIMIT', message: '券不在有效期' })
  }

  parts(): ScriptedTillOptions {
    const pc = () => this.#shop().now
    let steady = 0
    let last: number | null = null
    return {
      clocks: {
        pc,
        corrected: () => pc() + this.learntMs,
        confirmed: () => (this.isConfirmed ? this.right : null),
        elapsed: () => {
          // Counts the time that passes, and no change of the clock.
          const now = this.right
          steady += last === null ? 0 : Math.max(0, now - last)
          last = now
          return steady
        },
      },
    }
  }
}

function openOff(offMs: number, more: ScriptedTillOptions = {}): OffClock {
  const clock: OffClock = new OffClock(offMs, () => shop)
  open({ ...clock.parts(), ...more })
  shop.use = (body) => clock.use(body)
  return clock
}

/** Returns every row of this coupon, oldest first. */
function rows(number: number): Redemption[] {
  return shop.store.redemptions
    .recent(50)
    .filter(({ couponCode }) => couponCode === codeOf(number))
    .toReversed()
}

function sentAs(body: string | undefined): { use_time: string; use_request_no: string } {
  return JSON.parse(body ?? '{}')
}

describe.each(offsets)('a clock that is %d ms off', (offMs) => {
  test('the first scan is green: it is refused for its time and sent again under a new number with the right time', async () => {
    const clock = openOff(offMs)
    const verdict = await shop.scan(1, { totalFen: 8000 })
    expect(verdict).toMatchObject({ tone: 'green', redemption: { state: 'redeemed' } })
    const [first, second] = shop.sent.map(sentAs)
    expect(first?.use_request_no).not.toBe(second?.use_request_no)
    expect(second?.use_time).toBe(formatUseTime(clock.right))
    expect(rows(1)).toMatchObject([
      { state: 'cancelled', reason: 'clock-wrong', attempts: 1 },
      { state: 'redeemed', attempts: 1, totalFen: 8000, useRequestNo: second?.use_request_no },
    ])
    expect(verdict.redemption?.useRequestNo).toBe(second?.use_request_no)
  })

  test('every later scan is sent once, with the right time', async () => {
    const clock = openOff(offMs)
    await shop.scan(1)
    shop.sent.length = 0
    expect((await shop.scan(2)).tone).toBe('green')
    expect(shop.sent.map((body) => sentAs(body).use_time)).toEqual([formatUseTime(clock.right)])
  })

  test('an entry recorded in an outage is sent under a new number with the right time of its scan', async () => {
    const clock = openOff(offMs)
    shop.use = () => noLine
    for (const number of [1, 2]) await shop.scan(number)
    const scannedAt = clock.right
    await shop.pass(hourMs)
    shop.use = (body) => clock.use(body)
    await shop.pass(2 * 60_000)
    expect([1, 2].map((number) => shop.state(number))).toEqual(['redeemed', 'redeemed'])
    for (const number of [1, 2]) {
      const entry = rows(number).at(-1)
      const body = sentAs(new TextDecoder().decode(entry?.body))
      expect(Math.abs(Date.parse(body.use_time) - scannedAt)).toBeLessThan(2000)
    }
  })

  test('what a cashier decides about the old number holds for the new one', async () => {
    const clock = openOff(offMs)
    shop.use = () => noLine
    await shop.scan(1)
    const [recorded] = rows(1)
    clock.isConfirmed = true
    await shop.pass(10 * 60_000)
    expect(rows(1)).toMatchObject([{ state: 'cancelled' }, { state: 'pending' }])
    // The page that shows the old number may be a moment behind.
    expect(shop.till.keep(recorded?.useRequestNo ?? '', '小王')).toMatchObject({ ok: true })
    expect(rows(1)).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }])
  })

  test('also where somebody corrected the clock before the line came back', async () => {
    const clock = openOff(offMs)
    shop.use = () => noLine
    await shop.scan(1)
    shop.now -= clock.offMs
    clock.offMs = 0
    shop.use = (body) => clock.use(body)
    // The first request with the right time confirms the clock, and waiting entries are then corrected by it.
    await shop.scan(2)
    await shop.pass(15 * 60_000)
    expect(shop.state(1)).toBe('redeemed')
    // A few minutes off could also be a PC that slept, so that nothing is corrected.
    expect(rows(1)).toHaveLength(offMs === -11 * 60_000 ? 1 : 2)
  })
})

test('an entry that may have had an effect keeps its number and its bytes', async () => {
  const clock = openOff(400 * dayMs)
  shop.use = () => silence
  await shop.scan(1)
  shop.use = (body) => clock.use(body)
  await shop.pass(10 * 60_000)
  expect(new Set(shop.sent).size).toBe(1)
  expect(rows(1)).toMatchObject([{ uncertain: true }])
})

test('a refusal of a valid batch is taken for one of the time in the request, at every attempt', async () => {
  const clock = openOff(400 * dayMs, { onlyStockId: '12' })
  const [availableFrom, availableUntil] = [clock.right - dayMs, clock.right + dayMs]
  shop.store.stocks.save({ ...tenYuanOff, availableFrom, availableUntil }, shop.now)
  shop.use = () => silence
  await shop.scan(1)
  shop.use = (body) => clock.use(body)
  await shop.pass(10 * 60_000)
  expect(new Set(shop.sent).size).toBe(2)
  expect(rows(1)).toMatchObject([
    { state: 'cancelled', uncertain: true },
    { state: 'redeemed', uncertain: true },
  ])
})

test('the new number takes over what the cashier was told and what was given', async () => {
  const clock = openOff(400 * dayMs)
  shop.use = () => noLine
  await shop.scan(1, { totalFen: 9000 })
  const [first] = rows(1)
  shop.till.honour(first?.useRequestNo ?? '', { by: 'Li', why: 'regular' }, null)
  shop.use = (body) => clock.use(body)
  await shop.pass(2 * 60_000)
  expect(rows(1)).toMatchObject([
    { state: 'cancelled' },
    {
      state: 'redeemed',
      honoured: true,
      honouredValueFen: null,
      totalFen: 9000,
      recordedAt: first?.recordedAt,
    },
  ])
})

test('a refusal for the time that teaches no time is not tried again and again', async () => {
  open()
  shop.use = () => wrongTime
  expect(await shop.scan(1)).toMatchObject({ reason: 'clock-wrong' })
  expect(shop.sent).toHaveLength(1)
  expect(rows(1)).toHaveLength(1)
})

test('nothing gets a new number under a right clock, however long the outage', async () => {
  const clock = openOff(0)
  shop.use = () => noLine
  shop.probe = () => noLine
  await shop.scan(1)
  await shop.pass(13 * hourMs)
  shop.use = (body) => clock.use(body)
  clock.isConfirmed = true
  await shop.pass(10 * 60_000)
  expect(rows(1)).toHaveLength(1)
})

test('a refusal for the time changes no number once an earlier try may have arrived', async () => {
  const clock = openOff(400 * dayMs)
  shop.use = (body) => {
    const reply = clock.use(body)
    return reply.kind === 'answered' ? { ...reply, mayHaveArrivedBefore: true } : reply
  }
  await shop.scan(1)
  expect(rows(1)).toMatchObject([{ state: 'pending', uncertain: true }])
})

test("a person's change under the old number is not lost while the new number is made", async () => {
  const clock = openOff(400 * dayMs)
  const answered = Promise.withResolvers<void>()
  shop.use = async (body) => {
    const reply = clock.use(body)
    if (reply === used) await answered.promise
    return reply
  }
  const verdict = shop.scan(1)
  await shop.pass(100)
  const [old] = rows(1)
  expect(old?.state).toBe('cancelled')
  await shop.pass(5000)
  expect(await verdict).toMatchObject({ tone: 'amber', redemption: { state: 'pending' } })
  answered.resolve()
  await shop.pass(100)
  expect(rows(1)).toMatchObject([{ state: 'cancelled' }, { state: 'redeemed' }])
})

test('whenever the cashier’s patience ends, the verdict is that of the new number', async () => {
  for (let turns = 0; turns < 14; turns += 1) {
    const clock = openOff(400 * dayMs)
    const answered = Promise.withResolvers<void>()
    shop.use = async (body) => {
      const reply = clock.use(body)
      if (reply === used) await answered.promise
      return reply
    }
    const verdict = shop.scan(1)
    await shop.pass(4999)
    shop.now += 1
    answered.resolve()
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    shop.fireDue()
    expect((await verdict).tone, `after ${turns} turns`).not.toBe('red')
  }
})
