import type { Answered } from '../../main/redemption/gateway.ts'

/** A verified, empty 200, with the change. One that is not verified carries no signature, unless the change says so. */
export function answered(change: Partial<Answered>): Answered {
  return {
    kind: 'answered',
    status: 200,
    verified: true,
    carriesSignature: change.verified ?? true,
    signedWith: null,
    unproven: null,
    body: null,
    requestId: 'r-0',
    retryAfterMs: null,
    mayHaveArrivedBefore: false,
    ...change,
  }
}
