import { describe, expect, test } from 'vitest'
import type { AttachedRead } from '../../../main/contract/attached-scanner.ts'
import type { ScannerProfile } from '../../../main/contract/scanner-profile.ts'
import { codeOfRead } from '../../../renderer/scanner/attached-read.ts'
import { isStandardCouponCode } from '../../../renderer/scanner/use-scanner.ts'
import { defaultScannerProfile } from '../../../renderer/scanner/scanner-profile.ts'

const code = '1059458812345678901234'

function heard(
  text: string,
  read: { ended?: 'terminator' | 'silence'; aim?: string } = {},
  profile: Partial<ScannerProfile> = {},
) {
  const { ended = 'terminator', aim = null } = read
  const sent: AttachedRead = { kind: 'text', source: 'serial', text, aim, ended }
  return codeOfRead(sent, { ...defaultScannerProfile, ...profile }, isStandardCouponCode)
}

describe('a read of a serial or HID-POS scanner', () => {
  test('loses identifier, frame, prefix and suffix', () => {
    const ok = { ok: true, value: { text: code } }
    expect(heard(`]Q3${code}`)).toMatchObject({ ok: true, value: { text: code, aim: ']Q3' } })
    expect(heard(code, { aim: ']C1' })).toMatchObject({ ok: true, value: { aim: ']C1' } })
    expect(heard(`\u0002${code}\u0003`)).toMatchObject(ok)
    expect(heard(`~${code}!`, {}, { prefix: '~', suffix: '!' })).toMatchObject(ok)
    // A scanner that was calibrated while it typed may send the bare code over a serial cable.
    expect(heard(code, {}, { prefix: '~', suffix: '!' })).toMatchObject(ok)
  })

  test('is whole without a terminator only where its form proves it', () => {
    expect(heard(code, { ended: 'silence' })).toMatchObject({ ok: true })
    expect(heard('MERCHANT-1', { ended: 'silence' })).toEqual({
      ok: false,
      error: 'no-terminator',
    })
    const sendsNone = { terminator: 'none' } as const
    expect(heard('MERCHANT-1', { ended: 'silence' }, sendsNone)).toMatchObject({ ok: true })
  })

  test('yields no code after a fault of the line', () => {
    const fault: AttachedRead = { kind: 'fault', source: 'serial', why: 'broken-off' }
    expect(codeOfRead(fault, defaultScannerProfile, () => true)).toEqual({
      ok: false,
      error: 'broken-off',
    })
    expect(heard('AB')).toEqual({ ok: false, error: 'too-short' })
    expect(heard('A'.repeat(257))).toEqual({ ok: false, error: 'too-long' })
  })
})
