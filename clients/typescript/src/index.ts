export type {
  AddCoupon,
  Coupon,
  CouponInOrder,
  OpenOrder,
  Order,
  Paired,
  PairRequest,
  Problem,
  ProblemCode,
  Status,
} from './generated.ts'
export type { TillEvent } from './hear.ts'
export { NoReply } from './send.ts'
export { TillClient, type TillClientOptions } from './till-client.ts'
export { TillProblem } from './till-problem.ts'
