import { z } from 'zod'
import { nothing, type RequestKind } from './requests.ts'
import { SampleCoupon } from './snapshot.ts'

/** Requests for training: coupons to practise with, and a simulated outage. Not available in live mode. */
export const trainingRequests = {
  /** Opens the practice window beside a live till, or brings it to the front. */
  'practice.open': { input: nothing, output: z.null(), needs: 'practise' },
  'training.samples': { input: nothing, output: z.array(SampleCoupon), needs: 'practise' },
  'training.renewSamples': { input: nothing, output: z.array(SampleCoupon), needs: 'practise' },
  'training.setNetwork': {
    input: z.strictObject({ network: z.enum(['up', 'cut']) }),
    output: z.null(),
    needs: 'cut-network',
  },
} as const satisfies Record<string, RequestKind>
