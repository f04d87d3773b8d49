import { describe, expect, test } from 'vitest'
import { backOffMs, longestBackOffMs } from '../../../main/redemption/back-off.ts'
import { Breaker } from '../../../main/redemption/breaker.ts'
import { ConnectionState } from '../../../main/redemption/connection.ts'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import { createPace } from '../../../main/redemption/pace.ts'
import { placesAhead } from '../../../main/redemption/send-order.ts'
import { noLine, refusal, silence, used } from '../../support/scripted-till.ts'
import { pendingRedemption } from '../../support/store-fixture.ts'

const good = { reached: true, blockedBy: null, latencyMs: 50 }
const bad = { reached: false, blockedBy: null, latencyMs: 50 }

function after(...contacts: (typeof good)[]): string {
  const connection = new ConnectionState(() => 0)
  for (const contact of contacts) connection.recordContact(contact)
  return connection.current.state
}

describe('the connection state on the screen', () => {
  test('does not flicker with single failures or successes', () => {
    expect(after(bad)).toBe('offline')
    expect(after(good)).toBe('online')
    expect(after(good, bad)).toBe('unsteady')
    expect(after(good, bad, good, bad, good, bad)).toBe('unsteady')
    expect(after(good, bad, bad)).toBe('offline')
    expect(after(bad, bad, good)).toBe('unsteady')
    expect(after(bad, bad, good, good)).toBe('online')
  })

  test('is unsteady while replies take long, and online again when they do not', () => {
    const slow = { ...good, latencyMs: 4000 }
    expect(after(slow, slow, slow, slow, slow)).toBe('unsteady')
    expect(after(slow, slow, slow, slow, slow, good, good, good)).toBe('online')
  })

  test('has since when it lasts, and the time of the last contact with WeChat Pay', () => {
    let now = 1
    const connection = new ConnectionState(() => now)
    connection.recordContact(good)
    now = 2
    connection.recordContact(bad)
    now = 3
    connection.recordContact(bad)
    now = 4
    connection.recordContact(bad)
    expect(connection.current).toMatchObject({ state: 'offline', since: 3, lastContactAt: 1 })
  })
})

describe('the breaker', () => {
  const lost = judgeReply(silence)
  const serverError = judgeReply(refusal('SYSTEM_ERROR', 500))

  test('opens after three silences, tries one entry after a probe, and closes on a final reply', () => {
    const breaker = new Breaker()
    for (let time = 0; time < 3; time += 1) breaker.recordOutcome('A', lost)
    expect(breaker.state).toBe('open')
    breaker.probed(false)
    expect(breaker.state).toBe('open')
    breaker.probed(true)
    expect(breaker.state).toBe('trial')
    expect(breaker.recordOutcome('A', judgeReply(used))).toBe(true)
    expect(breaker.state).toBe('closed')
  })

  test('opens again when that entry fails, and probes less and less often', () => {
    const breaker = new Breaker()
    for (let time = 0; time < 3; time += 1) breaker.recordOutcome('A', judgeReply(noLine))
    breaker.probed(true)
    breaker.recordOutcome('A', lost)
    expect(breaker.state).toBe('open')
    expect(breaker.openings).toBe(2)
  })

  test('stays closed when WeChat Pay cannot decide one entry, and opens when it cannot decide three', () => {
    const breaker = new Breaker()
    for (let time = 0; time < 20; time += 1) breaker.recordOutcome('poison', serverError)
    expect(breaker.state).toBe('closed')
    breaker.recordOutcome('B', serverError)
    breaker.recordOutcome('C', serverError)
    expect(breaker.state).toBe('open')
  })
})

test('the back-off doubles up to its longest, half of it at random', () => {
  expect([backOffMs(1, () => 0), backOffMs(1, () => 1)]).toEqual([500, 1000])
  expect([backOffMs(5, () => 0), backOffMs(5, () => 1)]).toEqual([8000, 16_000])
  expect(backOffMs(99, () => 1)).toBe(longestBackOffMs)
})

test('the rate is held over time, whatever the clock does', () => {
  let now = 0
  const pace = createPace(50, () => now)
  let taken = 0
  for (; now < 10_000; now += 10) taken += pace.take(4)
  expect(taken).toBeGreaterThan(495)
  expect(taken).toBeLessThan(515)
  now -= 86_400_000
  expect(pace.take(100)).toBeLessThan(13)
  now += 2 * 86_400_000
  expect(pace.take(100)).toBeLessThan(14)
})

test('entries of high value or near their expiry go first, by a limited number of places', () => {
  const plain = pendingRedemption(1)
  const soon = { ...plain, expiresAt: plain.recordedAt + 60_000 }
  const dear = { ...plain, honoured: true, honouredValueFen: 10_000 }
  expect(placesAhead(plain)).toBe(0)
  expect(placesAhead(dear)).toBeGreaterThan(0)
  expect(placesAhead(soon)).toBeGreaterThan(0)
  expect(
    placesAhead({ ...soon, ...dear, honouredValueFen: 1e9, expiresAt: 0 }),
  ).toBeLessThanOrEqual(500)
  // While the coupon is only held, its value is no risk of the shop.
  expect(placesAhead({ ...dear, honoured: false })).toBe(0)
})
