import { strict as assert } from 'node:assert'
import * as fc from 'fast-check'
import { classifyPayload } from '../../../main/redemption/coupon-code.ts'
import { editedText } from '../edited-bytes.ts'
import type { FuzzKind } from '../kind.ts'

const rules = {
  merchantCodes: [{ pattern: /VIP\d{4}/, stockId: '1200000000000101' }],
  unwrap: { prefixes: ['QR:', 'C'], urlParameters: ['code', 'c'] },
}
const noise = fc.string({
  unit: fc.nat(31).map((code) => String.fromCharCode(code)),
  maxLength: 3,
})
const payloads = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4000 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.tuple(noise, fc.stringMatching(/^\d{13,24}$/), noise).map((parts) => parts.join('')),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  editedText('1201059453000000000001'),
  editedText('https://example.com/c?code=1201059453000000000001#x'),
  fc.nat(50_000).map((length) => 'http://a?'.repeat(length / 9) + '%'.repeat(length % 9)),
)

/** Whatever a scanner types: it is told what it is, and a coupon's code has a coupon's form. */
export const scannedPayloads: FuzzKind = {
  name: 'scanned-payloads',
  counts: { short: 20_000, long: 1_000_000 },
  async open() {
    let coupons = 0
    return {
      property: (play) =>
        fc.asyncProperty(payloads, (payload) =>
          play(() => {
            const found = classifyPayload(payload, rules)
            if (found.kind !== 'coupon') return
            coupons += 1
            assert.ok(/^\d{22}$|^VIP\d{4}$/.test(found.code), found.code)
            // No digit is invented, and none is left out within the code.
            assert.ok(payload.includes(found.code) || decoded(payload).includes(found.code))
          }),
        ),
      close: async () => `${coupons} read as a coupon`,
    }
  },
}

function decoded(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
