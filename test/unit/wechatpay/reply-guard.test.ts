import { expect, test } from 'vitest'
import { CorrectedClock } from '../../../main/wechatpay/clock-skew.ts'
import { ReplyGuard, type VerifiedTimeMemory } from '../../../main/wechatpay/reply-guard.ts'

const at = Date.UTC(2026, 0, 5, 2)
const minuteMs = 60_000

/** A till whose clock is off by `offMs`, and what it stored over restarts. */
function open(offMs = 0, kept: { ms: number | null } = { ms: null }) {
  const now = { ms: at }
  const clock = new CorrectedClock(
    () => now.ms + offMs,
    () => now.ms,
  )
  const memory: VerifiedTimeMemory = {
    read: () => kept.ms,
    write: (ms) => {
      kept.ms = ms
    },
  }
  const guard = new ReplyGuard(clock, memory)
  const span = () => ({ sentAt: clock.local(), receivedAt: clock.local() })
  /** A genuine reply of that time arrives for a request that is sent now. */
  const comes = (signedAt: number, nonce = String(signedAt)) => {
    const timestampMs = Math.floor(signedAt / 1000) * 1000
    const signed = {
      timestamp: String(timestampMs / 1000),
      nonce,
      serial: 'A',
      signature: Buffer.from(`${timestampMs} ${nonce}`).toString('base64'),
    }
    // Every reply has its date, an attacker's too.
    clock.recordClaim(timestampMs, span())
    return guard.isTimely(timestampMs, span()) && guard.accept(signed, span())
  }
  return { now, clock, guard, comes, kept }
}

test('a reply is accepted once', () => {
  const { comes } = open()
  expect(comes(at)).toBe(true)
  expect(comes(at)).toBe(false)
})

test('a reply recorded from another request is too old for the next', () => {
  const { comes, now } = open()
  expect(comes(at, 'first')).toBe(true)
  now.ms += minuteMs
  expect(comes(at, 'kept')).toBe(false)
  expect(comes(now.ms, 'own')).toBe(true)
})

test('it is too old after a restart as well, on a computer whose clock was set back', () => {
  const before = open()
  before.comes(at)
  before.now.ms += 10 * minuteMs
  expect(before.comes(before.now.ms)).toBe(true)
  before.guard.close()
  const after = open(-3_600_000, before.kept)
  expect(after.comes(at, 'kept')).toBe(false)
  expect(after.comes(at + 9 * minuteMs, 'kept')).toBe(false)
  expect(after.comes(at + 10 * minuteMs, 'kept')).toBe(false)
  expect(after.comes(at + 10 * minuteMs + 1000, 'own')).toBe(true)
})

test.each([400, -400])(
  'a clock that is %d days off is told the time by a verified reply',
  (days) => {
    const { comes, clock } = open(days * 24 * 60 * minuteMs)
    expect(comes(at)).toBe(true)
    expect(Math.abs((clock.confirmedNow() ?? 0) - at)).toBeLessThan(1001)
  },
)

test('replies to requests under way at the same time may come in any order', () => {
  const { comes } = open()
  expect(comes(at + 3000)).toBe(true)
  expect(comes(at + 1000)).toBe(true)
})

test.each([300_000, -300_000])('once the time is confirmed, a reply %d ms off is none', (offMs) => {
  const { comes } = open()
  comes(at)
  expect(comes(at + offMs)).toBe(false)
})

test('what is stored over restarts is seconds behind at most, and not at all after an orderly end', () => {
  const { comes, kept, now, guard } = open()
  comes(at)
  now.ms += 5000
  comes(now.ms)
  expect(kept.ms).toBe(at)
  now.ms += 5000
  comes(now.ms)
  expect(kept.ms).toBe(at + 10_000)
  now.ms += 5000
  comes(now.ms)
  guard.close()
  expect(kept.ms).toBe(at + 15_000)
})
