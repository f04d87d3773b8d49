/** The payment that an order belongs to, as WeChat Pay numbers it; `null` for what is not known. */
export interface Trade {
  readonly outTradeNo: string | null
  readonly transactionId: string | null
  readonly mchId: string | null
}
