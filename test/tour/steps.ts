import type { Reason } from '../../main/contract/reason.ts'
import type { SampleCoupon } from '../../main/contract/snapshot.ts'

type Kind = SampleCoupon['kind']

/** One step of the tour: what is done to the till, and what it must show then. */
export type Step = ScanStep | NetworkStep

export interface ScanStep {
  readonly say: string
  readonly scan: Kind | 'payment-code' | 'the first again'
  /** A pause before the scan, because a second read within three seconds counts as the same scan. */
  readonly afterMs?: number
  readonly must: Expectation
}

interface NetworkStep {
  readonly say: string
  readonly network: 'up' | 'cut'
  readonly must: Expectation
}

export interface Expectation {
  readonly tone?: 'green' | 'amber' | 'red'
  readonly reasons?: readonly Reason[]
  readonly queue?: number
}

/** The till's whole main job with an outage, in the order of a lesson. */
export const steps: readonly Step[] = [
  {
    say: 'scan a valid coupon',
    scan: 'valid',
    must: { tone: 'green', reasons: ['redeemed'], queue: 0 },
  },
  {
    say: 'scan a coupon that was used at another shop',
    scan: 'used',
    must: { tone: 'red', reasons: ['used-elsewhere'] },
  },
  {
    say: 'scan an expired coupon',
    scan: 'expired',
    must: { tone: 'red', reasons: ['outside-validity'] },
  },
  {
    say: 'scan a coupon that is not valid yet',
    scan: 'not-yet-valid',
    must: { tone: 'red', reasons: ['outside-validity'] },
  },
  {
    say: 'scan a code that WeChat Pay does not know',
    scan: 'unknown',
    must: { tone: 'red', reasons: ['coupon-unknown'] },
  },
  {
    say: "scan another merchant's coupon",
    scan: 'other-merchant',
    must: { tone: 'red', reasons: ['coupon-unknown', 'refused-otherwise', 'request-invalid'] },
  },
  {
    say: "scan a customer's payment code by mistake",
    scan: 'payment-code',
    // Within a second it would be one burst of keys with the coupon before it.
    afterMs: 1500,
    must: { tone: 'red', reasons: ['payment-code'] },
  },
  { say: 'cut the network', network: 'cut', must: {} },
  {
    say: 'scan a valid coupon during the outage',
    scan: 'valid',
    must: { tone: 'amber', reasons: ['no-connection', 'no-answer-in-time'], queue: 1 },
  },
  {
    say: 'scan one more during the outage',
    scan: 'valid',
    must: { tone: 'amber', reasons: ['no-connection', 'no-answer-in-time'], queue: 2 },
  },
  {
    say: 'restore the network; the till settles by itself',
    network: 'up',
    must: { tone: 'green', reasons: ['redeemed'], queue: 0 },
  },
  {
    say: 'ten seconds later, scan the first coupon again',
    scan: 'the first again',
    afterMs: 10_000,
    must: { tone: 'red', reasons: ['redeemed-here-before'], queue: 0 },
  },
]
