/** What a scanned payload is. Only a coupon's code is ever kept. */
export type Classified =
  | { readonly kind: 'coupon'; readonly code: string }
  | { readonly kind: 'payment-code' }
  | { readonly kind: 'product-barcode' }
  | { readonly kind: 'not-a-coupon' }

export interface CodeRules {
  /** Whole-code patterns of the merchant's own codes; they win over everything that is not 22 digits. */
  readonly merchantPatterns: readonly RegExp[]
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
 * Tells a coupon's code from a payment code, a product barcode and noise. Coupons are told by their shape first, so
 * that a merchant whose own codes look like something else can say so. A shape nobody configured is no coupon: a
 * merchant's own codes need a batch number with them, and without one a request could only fail.
 */
export function classifyPayload(payload: string, rules: CodeRules): Classified {
  // A scanner's suffix; spaces inside are part of a code, control characters never are.
  const code = payload.replace(/[\r\n\t]+$/, '').trim()
  if (issuedCode.test(code)) return { kind: 'coupon', code }
  if (suppliedCode.test(code) && rules.merchantPatterns.some((pattern) => pattern.test(code)))
    return { kind: 'coupon', code }
  if (wechatPayment.test(code) || alipayPayment.test(code)) return { kind: 'payment-code' }
  if (isProductBarcode(code)) return { kind: 'product-barcode' }
  return { kind: 'not-a-coupon' }
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
