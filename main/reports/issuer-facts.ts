import type { Fact, Issuer, PaperWords } from '../contract/paper-text.ts'

/** Returns who a paper is from. Every paper begins with it. */
export function issuerFacts({ merchantId, tillId }: Issuer, words: PaperWords): Fact[] {
  return [
    { key: 'merchant', name: words.merchant, value: merchantId },
    { key: 'till', name: words.till, value: tillId },
  ]
}
