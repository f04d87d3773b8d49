import { describe, expect, test } from 'vitest'
import { CorrectedClock } from '../../../main/wechatpay/clock-skew.ts'
import { couponRequest, prestoredCodeRequest } from '../../../main/wechatpay/endpoints.ts'
import { HostOrder, restMs } from '../../../main/wechatpay/host-order.ts'
import { parseProxyList } from '../../../main/wechatpay/proxy-list.ts'

describe('endpoints', () => {
  test('a code is percent-encoded in the path', () => {
    const of = { stockId: '100088', couponCode: 'AB/C=1|2 3\\4', appid: 'wx1' }
    expect(prestoredCodeRequest(of).target).toBe(
      '/v3/marketing/busifavor/stocks/100088/couponcodes/AB%2FC%3D1%7C2%203%5C4?appid=wx1',
    )
  })

  test('an openid with an unpaired surrogate still makes a path', () => {
    const of = { openid: 'o\ud800', couponCode: '1', appid: 'wx1' }
    expect(couponRequest(of).target).toContain('/users/o%EF%BF%BD/coupons/1/')
  })
})

describe('the proxy list', () => {
  test.each([
    ['DIRECT', ['direct']],
    ['PROXY proxy.shop:8080', ['http://proxy.shop:8080']],
    ['PROXY a:1;PROXY b:2; DIRECT', ['http://a:1', 'http://b:2', 'direct']],
    ['HTTPS a:443', ['https://a:443']],
    ['SOCKS5 a:1080;direct', ['socks5://a:1080', 'direct']],
    ['PROXY [::1]:8080', ['http://[::1]:8080']],
    ['SOCKS a:1080', []],
    ['PROXY', []],
    ['PROXY a:1/path', []],
    ['PROXY user@a:1', []],
    ['', []],
  ])('%s', (list, ways) => {
    expect(parseProxyList(list)).toEqual(ways)
  })
})

describe('the order of hosts', () => {
  test('a host that failed is skipped for a while, then the primary is first again', () => {
    let now = 0
    const hosts = new HostOrder(['primary', 'backup'], () => now)
    expect(hosts.order()).toEqual(['primary', 'backup'])
    hosts.failed('primary')
    expect(hosts.order()).toEqual(['backup', 'primary'])
    now = restMs - 1
    expect(hosts.order()).toEqual(['backup', 'primary'])
    now = restMs
    expect(hosts.order()).toEqual(['primary', 'backup'])
  })

  test('when every host failed, each is still tried, the primary first', () => {
    const hosts = new HostOrder(['primary', 'backup'], () => 0)
    hosts.failed('backup')
    hosts.failed('primary')
    expect(hosts.order()).toEqual(['primary', 'backup'])
  })

  test('a host that replies is no longer skipped', () => {
    const hosts = new HostOrder(['primary', 'backup'], () => 0)
    hosts.failed('primary')
    hosts.answered('primary')
    expect(hosts.order()).toEqual(['primary', 'backup'])
  })
})

describe('the clock', () => {
  const at = Date.UTC(2026, 0, 2)

  test('that is right is not corrected, however slow the line is', () => {
    const clock = new CorrectedClock(
      () => at,
      () => 0,
    )
    // Written between sending and receiving; HTTP's `Date` has whole seconds.
    clock.recordClaim(at + 4000, { sentAt: at, receivedAt: at + 9500 })
    clock.recordClaim(at - 999, { sentAt: at, receivedAt: at + 10 })
    expect(clock.skew()).toEqual({ offsetMs: 0, level: 'small' })
  })

  test('is corrected by no more than the reply proves', () => {
    const clock = new CorrectedClock(
      () => at,
      () => 0,
    )
    clock.recordClaim(at + 70_000, { sentAt: at, receivedAt: at + 2000 })
    expect(clock.skew()).toEqual({ offsetMs: 68_000, level: 'shown' })
    expect(clock.now()).toBe(at + 68_000)
    clock.recordClaim(at - 70_000, { sentAt: at, receivedAt: at + 2000 })
    expect(clock.skew()).toEqual({ offsetMs: -69_000, level: 'shown' })
  })

  test.each([
    [60_000, 'small'],
    [60_001, 'shown'],
    [300_000, 'shown'],
    [300_001, 'explained'],
  ])('%d ms off is %s', (offsetMs, level) => {
    const clock = new CorrectedClock(
      () => at,
      () => 0,
    )
    clock.recordClaim(at + offsetMs, { sentAt: at, receivedAt: at })
    expect(clock.skew()).toEqual({ offsetMs, level })
  })

  test('learns nothing while it is being set', () => {
    const clock = new CorrectedClock(
      () => at,
      () => 0,
    )
    clock.recordClaim(at + 500_000, { sentAt: at, receivedAt: at - 1 })
    expect(clock.skew().offsetMs).toBe(0)
  })

  describe('is confirmed', () => {
    test('by a verified reply only, and is corrected by it', () => {
      const { clock } = openClock()
      clock.recordClaim(at + 500_000, { sentAt: at, receivedAt: at })
      expect(clock.confirmedNow()).toBeNull()
      clock.confirm(at + 400_000, { sentAt: at, receivedAt: at })
      expect(clock.confirmedNow()).toBe(at + 401_000)
    })

    test('until a person sets it', () => {
      const { clock, now } = openClock()
      confirm(clock)
      now.local += 3_600_000
      now.elapsed += 3_600_000
      expect(clock.confirmedNow()).toBe(now.local)
      // The time without the change.
      now.local += 1000
      expect(clock.confirmedNow()).toBe(now.local)
      now.local += 4000
      expect(clock.confirmedNow()).toBeNull()
      confirm(clock)
      expect(clock.confirmedNow()).toBe(now.local)
    })

    test('whatever time an unverified reply claims', () => {
      const { clock, now } = openClock()
      confirm(clock)
      clock.recordClaim(at + 500_000, { sentAt: at, receivedAt: at })
      expect(clock.confirmedNow()).toBe(now.local)
      expect(clock.now()).toBe(now.local)
    })
  })
})

/** Confirms the clock by a verified reply that was signed just now. */
function confirm(clock: CorrectedClock): void {
  const now = clock.local()
  clock.confirm(now, { sentAt: now, receivedAt: now })
}

function openClock() {
  const now = { local: 1_767_312_000_000, elapsed: 0 }
  const clock = new CorrectedClock(
    () => now.local,
    () => now.elapsed,
  )
  return { now, clock }
}
