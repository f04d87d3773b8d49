import { codeInAddress } from './code-in-address.ts'

/** What a scanned payload is. Nothing but a coupon's code is kept. */
export type Classified =
  | {
      readonly kind: 'coupon'
      readonly code: string
      /** WeChat Pay issued the code itself, and needs no batch number with it. */
      readonly issued: boolean
      /** The batches that a merchant's own code of this shape may belong to; empty if WeChat Pay issued it. */
      readonly stockIds: readonly string[]
    }
  | { readonly kind: 'payment-code' }
  | { readonly kind: 'product-barcode' }
  | { readonly kind: 'not-a-coupon' }

export interface CodeRules {
  /**
   * Patterns of the merchant's own codes, each with a batch that codes of this shape are of. They take the whole code, and
   * win over every other shape, 22 digits too.
   */
  readonly merchantCodes: readonly { readonly pattern: RegExp; readonly stockId: string }[]
  readonly unwrap?: Unwrap
}

/** What may surround a code: the documents promise the bare code, but shops print it with prefixes and in addresses. */
export interface Unwrap {
  /** Taken off the front, the first that fits. */
  readonly prefixes: readonly string[]
  /** Names of the parameter of an `http(s)` address that carries the code. */
  readonly urlParameters: readonly string[]
}

/** WeChat Pay issues 22 digits (WECHATPAY_MODE). */
const issuedCode = /^\d{22}$/
/** What a merchant's own code can be made of (upload API); inner spaces belong to the code. */
const suppliedCode = /^[0-9A-Za-z\-_\\/=| ]{1,32}$/
/** 18 digits from 10 to 15: what a customer's WeChat shows for paying (micropay document). */
const wechatPayment = /^1[0-5]\d{16}$/
/** 16 to 24 digits from 25 to 30: the same for Alipay. */
const alipayPayment = /^(?:2[5-9]|30)\d{14,22}$/

/**
 * Tells a coupon's code from a payment code, a product barcode and noise. The merchant's own patterns come first, so
 * that a merchant whose codes look like something else, WeChat Pay's own 22 digits included, can say so. A shape nobody configured is no coupon: a
 * merchant's own codes need a batch number with them, and without one a request could only fail.
 */
export function classifyPayload(payload: string, rules: CodeRules): Classified {
  // A scanner's suffix; spaces inside are part of a code, control characters never are.
  const code = unwrapped(payload.replace(/[\r\n\t]+$/, '').trim(), rules.unwrap)
  if (suppliedCode.test(code)) {
    const known = rules.merchantCodes.filter(({ pattern }) => isWhole(pattern, code))
    const stockIds = [...new Set(known.map(({ stockId }) => stockId))]
    if (stockIds.length > 0) return { kind: 'coupon', code, stockIds, issued: false }
  }
  if (issuedCode.test(code)) return { kind: 'coupon', code, stockIds: [], issued: true }
  if (wechatPayment.test(code) || alipayPayment.test(code)) return { kind: 'payment-code' }
  if (isProductBarcode(code)) return { kind: 'product-barcode' }
  return { kind: 'not-a-coupon' }
}

/** Whether the pattern takes the code from its first to its last character. */
function isWhole(pattern: RegExp, code: string): boolean {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, '')).test(code)
}

function unwrapped(text: string, rules: Unwrap | undefined): string {
  if (!rules) return text
  const prefix = rules.prefixes.find((entry) => entry !== '' && text.startsWith(entry))
  const bare = prefix === undefined ? text : text.slice(prefix.length)
  return codeInAddress(bare, rules.urlParameters) ?? bare
}

/** EAN-13 with a right check digit: weights 1 and 3 in turn, the sum a multiple of ten. */
function isProductBarcode(code: string): boolean {
  if (!/^\d{13}$/.test(code)) return false
  const sum = Array.from(code).reduce(
    (total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1),
    0,
  )
  return sum % 10 === 0
}
