import { pick, textOf, whole, type Random } from './random.ts'

const digits = '0123456789'
const couponLetters = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz-_'

/** Returns a code as WeChat Pay issues them. */
export function standardCode(random: Random): string {
  return `10${textOf(random, digits, 20)}`
}

/** Returns a code as merchants make them. */
export function merchantCode(random: Random): string {
  return textOf(random, couponLetters, whole(random, 8, 32))
}

export function digitsOnly(random: Random): string {
  return textOf(random, digits, whole(random, 12, 22))
}

/** Returns what a cashier may hold under a scanner: a coupon, a product barcode, or a coupon in a link. */
export function anyCode(random: Random): string {
  return pick(random, [standardCode, standardCode, merchantCode, digitsOnly, link])(random)
}

function link(random: Random): string {
  return `https://m.example.cn/c?code=${merchantCode(random)}&s=${textOf(random, digits, 6)}`
}
