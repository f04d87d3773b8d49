import { z } from 'zod'
import { SampleCoupon } from '../contract/snapshot.ts'
import { Behaviour } from './behaviour.ts'
import { InjectedFault } from './faults.ts'
import { Coupon, Ledger, Stock } from './world.ts'

/** One request of the control port. */
export interface Control<I extends z.ZodType, O extends z.ZodType> {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly input: I
  readonly output: O
}

/**
 * The requests of the stand-in's control port: JSON over HTTP on loopback. They are the same whether the stand-in runs
 * inside the app or as a process of its own. A GET has its input in the query.
 */
export const controls = {
  enrol: {
    method: 'POST',
    path: '/enrol',
    input: z.strictObject({ certificatePem: z.string().max(20_000) }),
    output: z.object({
      /** Where the gateway listens. */
      origin: z.url(),
      network: z.enum(['up', 'cut']),
      mchid: z.string(),
      appid: z.string(),
      publicKeyId: z.string(),
      publicKeyPem: z.string(),
      apiV3Key: z.string(),
      platformCertificates: z.array(z.object({ serial: z.string(), certificatePem: z.string() })),
    }),
  },
  ledger: { method: 'GET', path: '/ledger', input: z.object({}), output: Ledger },
  samples: { method: 'GET', path: '/samples', input: z.object({}), output: z.array(SampleCoupon) },
  renewSamples: {
    method: 'POST',
    path: '/samples/renew',
    input: z.strictObject({}),
    output: z.array(SampleCoupon),
  },
  coupon: {
    method: 'GET',
    path: '/coupons',
    input: z.object({ code: z.string() }),
    output: Coupon.nullable(),
  },
  putCoupons: {
    method: 'POST',
    path: '/coupons',
    input: z.strictObject({ stocks: z.array(Stock), coupons: z.array(Coupon) }),
    output: z.null(),
  },
  network: {
    method: 'POST',
    path: '/network',
    input: z.strictObject({ network: z.enum(['up', 'cut']) }),
    output: z.null(),
  },
  addFault: { method: 'POST', path: '/faults', input: InjectedFault, output: z.null() },
  clearFaults: {
    method: 'POST',
    path: '/faults/clear',
    input: z.strictObject({}),
    output: z.null(),
  },
  behave: {
    method: 'POST',
    path: '/behaviour',
    /** Fields that are left out keep their values. */
    input: Behaviour.partial(),
    output: Behaviour,
  },
  rotateCertificate: {
    method: 'POST',
    path: '/certificates/rotate',
    /** `retireOld`: the older certificates are removed at once. */
    input: z.strictObject({ retireOld: z.boolean() }),
    output: z.object({ serial: z.string() }),
  },
} as const satisfies Record<string, Control<z.ZodType, z.ZodType>>
