import { err } from '../../../main/contract/result.ts'
import type { GatewayReply, RedemptionGateway } from '../../../main/redemption/gateway.ts'

const used: GatewayReply = {
  kind: 'answered',
  status: 200,
  verified: true,
  carriesSignature: true,
  signedWith: null,
  unproven: null,
  body: {
    stock_id: '1200000000000101',
    openid: 'o-bench',
    wechatpay_use_time: '2026-01-05T10:00:00+08:00',
  },
  requestId: 'bench-0',
  retryAfterMs: null,
  mayHaveArrivedBefore: false,
}
const silence: GatewayReply = { kind: 'unanswered', fault: 'connection', mayHaveArrived: false }

/** Creates a gateway that redeems everything at once, so that only the till's own work is measured. */
export function createInstantGateway(onUse: () => void = () => {}): RedemptionGateway {
  return {
    useCoupon() {
      onUse()
      return Promise.resolve(used)
    },
    returnCoupon: () => Promise.resolve(used),
    queryCoupon: () => Promise.resolve(err(silence)),
    queryPrestoredCode: () => Promise.resolve(err(silence)),
    queryStock: () => Promise.resolve(err(silence)),
    probe: () => Promise.resolve(used),
  }
}
