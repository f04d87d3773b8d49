/**
 * Made of docs/pos/openapi.yaml by `npm run pos-client`. Not to be edited.
 */
import { send } from './send.ts';
export interface PairRequest {
  /**
     * The six digits that the till shows for two minutes.
     * @pattern ^\d{6}$
     */
  code: string;
  /** What this POS is called in the settings and records of the till. */
  name: string;
}

/**
 * What is sold. The till checks it and keeps nothing of it.
 */
export type OpenOrderItems = {
  name: string;
  /** @exclusiveMinimum 0 */
  quantity: number;
  /**
     * Money in fen: 1 is CNY 0.01.
     * @minimum 0
     * @maximum 9007199254740991
     */
  totalFen: number;
}[] | null;

export interface OpenOrder {
  /**
     * The POS's own number of the order.
     * @pattern ^[0-9A-Za-z._~-]{1,64}$
     */
  orderId: string;
  /**
     * What the order comes to before its coupons, in fen.
     * @minimum 1
     * @maximum 100000000
     */
  totalFen: number;
  /** Who stands at the POS. It is kept in the records. */
  cashier?: string | null;
  /** What is sold. The till checks it and keeps nothing of it. */
  items?: OpenOrderItems;
  /** The merchant order number at WeChat Pay (`out_trade_no`). It is sent with each coupon that is redeemed from now on. */
  outTradeNo?: string | null;
  /** WeChat Pay's number of the payment. */
  transactionId?: string | null;
  /** The merchant number under which the payment is made. */
  mchId?: string | null;
}

export type AddCoupon = {
  /**
     * What the scanner of the POS read. A payment code is refused, and nothing of it is kept.
     * @minLength 1
     * @maxLength 256
     */
  code: string;
} | {
  /**
     * One of `offered`, which was scanned before the order was opened.
     * @pattern ^[0-9A-Za-z_-]{6,32}$
     */
  offered: string;
};

export interface Empty { [key: string]: unknown }

export type Command = {
  /**
     * The POS's own number of the order.
     * @pattern ^[0-9A-Za-z._~-]{1,64}$
     */
  orderId: string;
  /**
     * What the order comes to before its coupons, in fen.
     * @minimum 1
     * @maximum 100000000
     */
  totalFen: number;
  /** Who stands at the POS. It is kept in the records. */
  cashier?: string | null;
  /** What is sold. The till checks it and keeps nothing of it. */
  items?: {
  name: string;
  /** @exclusiveMinimum 0 */
  quantity: number;
  /**
     * Money in fen: 1 is CNY 0.01.
     * @minimum 0
     * @maximum 9007199254740991
     */
  totalFen: number;
}[] | null;
  /** The merchant order number at WeChat Pay (`out_trade_no`). It is sent with each coupon that is redeemed from now on. */
  outTradeNo?: string | null;
  /** WeChat Pay's number of the payment. */
  transactionId?: string | null;
  /** The merchant number under which the payment is made. */
  mchId?: string | null;
  do: 'order';
  /**
     * As `Idempotency-Key`: new for each request, and the same when it is repeated. Without one, a coupon that is asked for again is `already-given`.
     * @pattern ^[\x21-\x7e]{1,128}$
     */
  key?: string;
  /** Of the words in the reply. First `Accept-Language`, and in a file `zh-CN`. */
  language?: 'zh-CN' | 'en';
} | {
  do: 'redeem';
  /**
     * The POS's own number of the order.
     * @pattern ^[0-9A-Za-z._~-]{1,64}$
     */
  orderId: string;
  /**
     * What the scanner of the POS read. A payment code is refused, and nothing of it is kept.
     * @minLength 1
     * @maxLength 256
     */
  code?: string;
  /**
     * One of `offered`, which was scanned before the order was opened.
     * @pattern ^[0-9A-Za-z_-]{6,32}$
     */
  offered?: string;
  /**
     * As `Idempotency-Key`: new for each request, and the same when it is repeated. Without one, a coupon that is asked for again is `already-given`.
     * @pattern ^[\x21-\x7e]{1,128}$
     */
  key?: string;
  /** Of the words in the reply. First `Accept-Language`, and in a file `zh-CN`. */
  language?: 'zh-CN' | 'en';
} | {
  do: 'read';
  /**
     * The POS's own number of the order.
     * @pattern ^[0-9A-Za-z._~-]{1,64}$
     */
  orderId: string;
  /** Of the words in the reply. First `Accept-Language`, and in a file `zh-CN`. */
  language?: 'zh-CN' | 'en';
} | {
  do: 'return';
  /**
     * The POS's own number of the order.
     * @pattern ^[0-9A-Za-z._~-]{1,64}$
     */
  orderId: string;
  /**
     * The coupon's number at this till and at WeChat Pay (`use_request_no`). Book what is deducted under it, once.
     * @pattern ^[0-9A-Za-z_-]{6,32}$
     */
  no: string;
  /**
     * As `Idempotency-Key`: new for each request, and the same when it is repeated. Without one, a coupon that is asked for again is `already-given`.
     * @pattern ^[\x21-\x7e]{1,128}$
     */
  key?: string;
  /** Of the words in the reply. First `Accept-Language`, and in a file `zh-CN`. */
  language?: 'zh-CN' | 'en';
} | {
  do: 'end';
  /**
     * The POS's own number of the order.
     * @pattern ^[0-9A-Za-z._~-]{1,64}$
     */
  orderId: string;
  /** Of the words in the reply. First `Accept-Language`, and in a file `zh-CN`. */
  language?: 'zh-CN' | 'en';
} | {
  do: 'status';
  /** Of the words in the reply. First `Accept-Language`, and in a file `zh-CN`. */
  language?: 'zh-CN' | 'en';
};

export interface Paired {
  /** For `Authorization: Bearer …`. It is said once; the till keeps a digest alone. */
  token: string;
  name: string;
}

export type ProblemCode = 'invalid-request' | 'key-missing' | 'not-paired' | 'wrong-code' | 'origin-not-allowed' | 'supervisor-needed' | 'unknown-address' | 'order-not-found' | 'coupon-not-found' | 'wrong-method' | 'order-ended' | 'not-now' | 'key-unreadable' | 'request-too-old' | 'too-large' | 'not-json' | 'wrong-host' | 'key-reused' | 'payment-code' | 'not-a-coupon' | 'not-a-file' | 'not-utf8' | 'wrong-file-name' | 'too-many' | 'internal' | 'till-closed' | 'not-saved';
export interface Problem {
  /** `urn:hexiao-till:problem:` and the code. */
  type: string;
  /** What is wrong, in the language asked for. */
  title: string;
  /**
     * @minimum -9007199254740991
     * @maximum 9007199254740991
     */
  status: number;
  /** What to do, in the language asked for. */
  detail: string;
  code: ProblemCode;
  /** The fields that do not fit. */
  fields?: string[];
}

/**
 * In training no coupon is a real one, and nothing may be deducted for one.
 */
export type OrderMode = 'training' | 'live';
/**
 * `give`: deduct `deductFen`, once for this `no`. `not-yet`: deduct nothing; ask again, or hear of it. `do-not-give`: deduct nothing. `already-given`: it was deducted before under this `no`; deduct nothing more.
 */
export type CouponInstruction = 'give' | 'not-yet' | 'do-not-give' | 'already-given';
export type CouponState = 'pending' | 'redeemed' | 'refused' | 'review' | 'returning' | 'returned' | 'cancelled' | 'resolved';
export type CouponReason = 'redeemed' | 'confirmed-by-person' | 'redeemed-not-given' | 'redeemed-below-threshold' | 'redeemed-nothing-left' | 'redeemed-here-before' | 'honoured-here-before' | 'waiting-here-already' | 'in-review-here' | 'being-returned' | 'returned-here' | 'kept-by-customer' | 'resolved-here' | 'returned-here-before' | 'redeemed-at-other-till' | 'honoured-at-other-till' | 'claimed-at-other-till' | 'handed-over' | 'payment-code' | 'product-barcode' | 'not-a-coupon' | 'misread' | 'offline-not-accepted' | 'stock-not-chosen' | 'below-threshold' | 'nothing-left-to-pay' | 'outside-known-window' | 'not-saved-disk-full' | 'not-saved-file-locked' | 'not-saved' | 'used-elsewhere' | 'outside-validity' | 'coupon-unknown' | 'openid-wrong' | 'coupon-not-ours' | 'request-invalid' | 'refused-otherwise' | 'no-connection' | 'no-answer-in-time' | 'service-error' | 'rate-limited' | 'answer-not-verified' | 'reply-key-unknown' | 'answer-not-final' | 'signature-rejected' | 'clock-wrong' | 'certificate-expired' | 'no-permission' | 'appid-not-bound' | 'merchant-unknown' | 'address-not-allowed' | 'merchant-relation' | 'merchant-restricted' | 'headers-rejected' | 'wechatpay-key-wrong' | 'settings-refused' | 'credentials-missing' | 'keychain-unavailable' | 'keychain-locked' | 'return-not-redeemed' | 'return-repeated' | 'return-coupon-unknown' | 'return-too-late' | 'return-refused-otherwise' | 'return-not-done';
export type CouponBatch = {
  id: string;
  name: string;
} | null;

export interface Coupon {
  /** The coupon's number. `null` where nothing was recorded for this order; then nothing is to be deducted. */
  no: string | null;
  /**
     * The last characters of the code.
     * @maxLength 4
     */
  codeTail: string;
  batch: CouponBatch;
  /** `give`: deduct `deductFen`, once for this `no`. `not-yet`: deduct nothing; ask again, or hear of it. `do-not-give`: deduct nothing. `already-given`: it was deducted before under this `no`; deduct nothing more. */
  instruction: CouponInstruction;
  /** What this coupon takes off the order, in all. 0 unless the discount is given. `null`: it is given, and the till does not know the sum: it is the first coupon of its batch. Read the order a moment later; if it stays so, the cashier reads it on the phone. */
  deductFen: number | null;
  state: CouponState;
  reason: CouponReason;
  /** What happened, in the language asked for. */
  title: string;
  /** What the cashier is to do, in the language asked for. */
  advice: string;
  /** Nothing but a request of the POS, or a person at the till, changes the instruction any more. */
  isFinal: boolean;
  recordedAt: number | null;
}

export interface Order {
  /**
     * The POS's own number of the order.
     * @pattern ^[0-9A-Za-z._~-]{1,64}$
     */
  orderId: string;
  /** In training no coupon is a real one, and nothing may be deducted for one. */
  mode: OrderMode;
  /**
     * Money in fen: 1 is CNY 0.01.
     * @minimum 0
     * @maximum 9007199254740991
     */
  totalFen: number;
  /** In the order in which they are applied. */
  coupons: Coupon[];
  /**
     * What all coupons take off. It is never more than `totalFen`; a coupon whose sum the till does not know counts 0.
     * @minimum 0
     * @maximum 9007199254740991
     */
  deductFen: number;
  /**
     * What is left to pay; never below 0.
     * @minimum 0
     * @maximum 9007199254740991
     */
  payFen: number;
  /** The POS has ended it. */
  isEnded: boolean;
  /** A coupon that is scanned at the till now belongs to it. */
  isAtCounter: boolean;
  /** Coupons that were scanned at the till before this order was opened. They may be of this customer: take one in with `offered`. */
  offered: Coupon[];
}

export interface CouponInOrder {
  coupon: Coupon;
  order: Order;
}

/**
 * In training no coupon is a real one, and nothing may be deducted for one.
 */
export type StatusMode = 'training' | 'live';
export type StatusConnection = 'untried' | 'unchecked' | 'online' | 'unsteady' | 'offline' | 'blocked';
export interface Status {
  /** In training no coupon is a real one, and nothing may be deducted for one. */
  mode: StatusMode;
  tillId: string;
  connection: StatusConnection;
  /**
     * Redemptions that wait to be sent.
     * @minimum 0
     * @maximum 9007199254740991
     */
  waiting: number;
  /**
     * Redemptions that wait for a person.
     * @minimum 0
     * @maximum 9007199254740991
     */
  review: number;
  /** The order to which a coupon belongs that is scanned now; `null` for none. */
  orderId: string | null;
  /** What the till calls this POS. */
  pos: string;
}

export interface CommandReply {
  /** The request was carried out. It says nothing of a coupon. */
  ok: boolean;
  /**
     * 0: done; for `redeem`: deduct. 1: refused, no effect. 2: the request does not fit. 3: no reply; repeat it with its key, or read the order. 4: not paired. Of `redeem`: 10 not yet, 11 do not give, 12 already given, 13 given in training (deduct nothing from a real sale), 14 given, and the sum is not known.
     * @minimum -9007199254740991
     * @maximum 9007199254740991
     */
  exitCode: number;
  coupon?: Coupon;
  order?: Order;
  status?: Status;
  problem?: Problem;
}

export type Events = string;

export type PairHeaders = {
/**
 * `zh-CN` (first) or `en`.
 */
'Accept-Language'?: string;
};

export type OpenOrderHeaders = {
/**
 * New for each request, such as a UUID, and the same when the request is repeated.
 * @pattern ^[\x21-\x7e]{1,128}$
 */
'Idempotency-Key': string;
/**
 * `zh-CN` (first) or `en`.
 */
'Accept-Language'?: string;
};

export type ReadOrderHeaders = {
/**
 * `zh-CN` (first) or `en`.
 */
'Accept-Language'?: string;
};

export type EndOrderHeaders = {
/**
 * `zh-CN` (first) or `en`.
 */
'Accept-Language'?: string;
};

export type AddCouponHeaders = {
/**
 * New for each request, such as a UUID, and the same when the request is repeated.
 * @pattern ^[\x21-\x7e]{1,128}$
 */
'Idempotency-Key': string;
/**
 * `zh-CN` (first) or `en`.
 */
'Accept-Language'?: string;
};

export type ReturnCouponHeaders = {
/**
 * New for each request, such as a UUID, and the same when the request is repeated.
 * @pattern ^[\x21-\x7e]{1,128}$
 */
'Idempotency-Key': string;
/**
 * `zh-CN` (first) or `en`.
 */
'Accept-Language'?: string;
};

export type CommandHeaders = {
/**
 * `zh-CN` (first) or `en`.
 */
'Accept-Language'?: string;
};

export type StatusHeaders = {
/**
 * `zh-CN` (first) or `en`.
 */
'Accept-Language'?: string;
};

export type EventsHeaders = {
/**
 * `zh-CN` (first) or `en`.
 */
'Accept-Language'?: string;
};

export type pairResponse200 = {
  data: Paired
  status: 200
}

export type pairResponse400 = {
  data: Problem
  status: 400
}

export type pairResponse403 = {
  data: Problem
  status: 403
}

export type pairResponse413 = {
  data: Problem
  status: 413
}

export type pairResponse415 = {
  data: Problem
  status: 415
}

export type pairResponse421 = {
  data: Problem
  status: 421
}

export type pairResponse429 = {
  data: Problem
  status: 429
}

export type pairResponse500 = {
  data: Problem
  status: 500
}

export type pairResponse503 = {
  data: Problem
  status: 503
}

export type pairResponseSuccess = (pairResponse200) & {
  headers: Headers;
};
export type pairResponseError = (pairResponse400 | pairResponse403 | pairResponse413 | pairResponse415 | pairResponse421 | pairResponse429 | pairResponse500 | pairResponse503) & {
  headers: Headers;
};

export type pairResponse = (pairResponseSuccess | pairResponseError)

export const getPairUrl = () => {




  return `/v1/pairings`
}

/**
 * Exchanges the six digits that the till shows (Settings, POS) for a token. After five wrong guesses the code is no longer good. A POS that is paired again under its name takes the place of the one before.
 * @summary Pair this POS with the till
 */
export const pair = async (pairRequest: PairRequest,
    headers?: PairHeaders, options?: Parameters<typeof send>[1]): Promise<pairResponse> => {

    const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
return send<pairResponse>(getPairUrl(),
  {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json',...headers, ...getHeaders(options?.headers) },
    body: JSON.stringify(pairRequest)
  }
);}



export type openOrderResponse200 = {
  data: Order
  status: 200
}

export type openOrderResponse400 = {
  data: Problem
  status: 400
}

export type openOrderResponse401 = {
  data: Problem
  status: 401
}

export type openOrderResponse403 = {
  data: Problem
  status: 403
}

export type openOrderResponse409 = {
  data: Problem
  status: 409
}

export type openOrderResponse413 = {
  data: Problem
  status: 413
}

export type openOrderResponse415 = {
  data: Problem
  status: 415
}

export type openOrderResponse421 = {
  data: Problem
  status: 421
}

export type openOrderResponse422 = {
  data: Problem
  status: 422
}

export type openOrderResponse429 = {
  data: Problem
  status: 429
}

export type openOrderResponse500 = {
  data: Problem
  status: 500
}

export type openOrderResponse503 = {
  data: Problem
  status: 503
}

export type openOrderResponseSuccess = (openOrderResponse200) & {
  headers: Headers;
};
export type openOrderResponseError = (openOrderResponse400 | openOrderResponse401 | openOrderResponse403 | openOrderResponse409 | openOrderResponse413 | openOrderResponse415 | openOrderResponse421 | openOrderResponse422 | openOrderResponse429 | openOrderResponse500 | openOrderResponse503) & {
  headers: Headers;
};

export type openOrderResponse = (openOrderResponseSuccess | openOrderResponseError)

export const getOpenOrderUrl = () => {




  return `/v1/orders`
}

/**
 * The order is then the one at the till's counter: a coupon that is scanned there belongs to it, until the POS ends it, opens another, or nothing happens in it for half an hour. Whatever ended it but the POS, this request, or a coupon of it, puts it there again.
 * @summary Open an order, or tell its new total
 */
export const openOrder = async (openOrderBody: OpenOrder,
    headers: OpenOrderHeaders, options?: Parameters<typeof send>[1]): Promise<openOrderResponse> => {

    const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
return send<openOrderResponse>(getOpenOrderUrl(),
  {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json',...headers, ...getHeaders(options?.headers) },
    body: JSON.stringify(openOrderBody)
  }
);}



export type readOrderResponse200 = {
  data: Order
  status: 200
}

export type readOrderResponse401 = {
  data: Problem
  status: 401
}

export type readOrderResponse403 = {
  data: Problem
  status: 403
}

export type readOrderResponse404 = {
  data: Problem
  status: 404
}

export type readOrderResponse421 = {
  data: Problem
  status: 421
}

export type readOrderResponse429 = {
  data: Problem
  status: 429
}

export type readOrderResponse500 = {
  data: Problem
  status: 500
}

export type readOrderResponse503 = {
  data: Problem
  status: 503
}

export type readOrderResponseSuccess = (readOrderResponse200) & {
  headers: Headers;
};
export type readOrderResponseError = (readOrderResponse401 | readOrderResponse403 | readOrderResponse404 | readOrderResponse421 | readOrderResponse429 | readOrderResponse500 | readOrderResponse503) & {
  headers: Headers;
};

export type readOrderResponse = (readOrderResponseSuccess | readOrderResponseError)

export const getReadOrderUrl = (orderId: string,) => {




  return `/v1/orders/${encodeURIComponent(String(orderId))}`
}

/**
 * What is true now, also after a crash of either side: what to deduct is the sum of `deductFen`, each booked once under its `no`.
 * @summary Read an order with all its coupons
 */
export const readOrder = async (orderId: string,
    headers?: ReadOrderHeaders, options?: Parameters<typeof send>[1]): Promise<readOrderResponse> => {

    const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
return send<readOrderResponse>(getReadOrderUrl(orderId),
  {
    ...options,
    method: 'GET',
    headers: { ...headers, ...getHeaders(options?.headers) }

  }
);}



export type endOrderResponse200 = {
  data: Order
  status: 200
}

export type endOrderResponse401 = {
  data: Problem
  status: 401
}

export type endOrderResponse403 = {
  data: Problem
  status: 403
}

export type endOrderResponse404 = {
  data: Problem
  status: 404
}

export type endOrderResponse409 = {
  data: Problem
  status: 409
}

export type endOrderResponse421 = {
  data: Problem
  status: 421
}

export type endOrderResponse429 = {
  data: Problem
  status: 429
}

export type endOrderResponse500 = {
  data: Problem
  status: 500
}

export type endOrderResponse503 = {
  data: Problem
  status: 503
}

export type endOrderResponseSuccess = (endOrderResponse200) & {
  headers: Headers;
};
export type endOrderResponseError = (endOrderResponse401 | endOrderResponse403 | endOrderResponse404 | endOrderResponse409 | endOrderResponse421 | endOrderResponse429 | endOrderResponse500 | endOrderResponse503) & {
  headers: Headers;
};

export type endOrderResponse = (endOrderResponseSuccess | endOrderResponseError)

export const getEndOrderUrl = (orderId: string,) => {




  return `/v1/orders/${encodeURIComponent(String(orderId))}`
}

/**
 * Paid or cancelled: its coupons stay as they are, and one that is not decided yet goes back to its customer. Return the coupons of a cancelled order before you end it. The order can be read afterwards, and not opened again.
 * @summary End an order
 */
export const endOrder = async (orderId: string,
    headers?: EndOrderHeaders, options?: Parameters<typeof send>[1]): Promise<endOrderResponse> => {

    const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
return send<endOrderResponse>(getEndOrderUrl(orderId),
  {
    ...options,
    method: 'DELETE',
    headers: { ...headers, ...getHeaders(options?.headers) }

  }
);}



export type addCouponResponse200 = {
  data: CouponInOrder
  status: 200
}

export type addCouponResponse400 = {
  data: Problem
  status: 400
}

export type addCouponResponse401 = {
  data: Problem
  status: 401
}

export type addCouponResponse403 = {
  data: Problem
  status: 403
}

export type addCouponResponse404 = {
  data: Problem
  status: 404
}

export type addCouponResponse409 = {
  data: Problem
  status: 409
}

export type addCouponResponse413 = {
  data: Problem
  status: 413
}

export type addCouponResponse415 = {
  data: Problem
  status: 415
}

export type addCouponResponse421 = {
  data: Problem
  status: 421
}

export type addCouponResponse422 = {
  data: Problem
  status: 422
}

export type addCouponResponse429 = {
  data: Problem
  status: 429
}

export type addCouponResponse500 = {
  data: Problem
  status: 500
}

export type addCouponResponse503 = {
  data: Problem
  status: 503
}

export type addCouponResponseSuccess = (addCouponResponse200) & {
  headers: Headers;
};
export type addCouponResponseError = (addCouponResponse400 | addCouponResponse401 | addCouponResponse403 | addCouponResponse404 | addCouponResponse409 | addCouponResponse413 | addCouponResponse415 | addCouponResponse421 | addCouponResponse422 | addCouponResponse429 | addCouponResponse500 | addCouponResponse503) & {
  headers: Headers;
};

export type addCouponResponse = (addCouponResponseSuccess | addCouponResponseError)

export const getAddCouponUrl = (orderId: string,) => {




  return `/v1/orders/${encodeURIComponent(String(orderId))}/coupons`
}

/**
 * The same as a scan at the till, and answered when its verdict is on the screen there: after the reply of WeChat Pay, or when the patience of the settings has passed. `not-yet` is not an error: read the order, or hear its events.
 * @summary Redeem a coupon that the POS scanned
 */
export const addCoupon = async (orderId: string,
    addCouponBody: AddCoupon,
    headers: AddCouponHeaders, options?: Parameters<typeof send>[1]): Promise<addCouponResponse> => {

    const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
return send<addCouponResponse>(getAddCouponUrl(orderId),
  {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json',...headers, ...getHeaders(options?.headers) },
    body: JSON.stringify(addCouponBody)
  }
);}



export type returnCouponResponse200 = {
  data: CouponInOrder
  status: 200
}

export type returnCouponResponse400 = {
  data: Problem
  status: 400
}

export type returnCouponResponse401 = {
  data: Problem
  status: 401
}

export type returnCouponResponse403 = {
  data: Problem
  status: 403
}

export type returnCouponResponse404 = {
  data: Problem
  status: 404
}

export type returnCouponResponse409 = {
  data: Problem
  status: 409
}

export type returnCouponResponse413 = {
  data: Problem
  status: 413
}

export type returnCouponResponse415 = {
  data: Problem
  status: 415
}

export type returnCouponResponse421 = {
  data: Problem
  status: 421
}

export type returnCouponResponse422 = {
  data: Problem
  status: 422
}

export type returnCouponResponse429 = {
  data: Problem
  status: 429
}

export type returnCouponResponse500 = {
  data: Problem
  status: 500
}

export type returnCouponResponse503 = {
  data: Problem
  status: 503
}

export type returnCouponResponseSuccess = (returnCouponResponse200) & {
  headers: Headers;
};
export type returnCouponResponseError = (returnCouponResponse400 | returnCouponResponse401 | returnCouponResponse403 | returnCouponResponse404 | returnCouponResponse409 | returnCouponResponse413 | returnCouponResponse415 | returnCouponResponse421 | returnCouponResponse422 | returnCouponResponse429 | returnCouponResponse500 | returnCouponResponse503) & {
  headers: Headers;
};

export type returnCouponResponse = (returnCouponResponseSuccess | returnCouponResponseError)

export const getReturnCouponUrl = (orderId: string,
    no: string,) => {




  return `/v1/orders/${encodeURIComponent(String(orderId))}/coupons/${encodeURIComponent(String(no))}/return`
}

/**
 * For an order that is not ended: its discount was not taken. Later, a supervisor returns the coupon at the till. Asked again, nothing more happens.
 * @summary Give a coupon back, because the order is cancelled
 */
export const returnCoupon = async (orderId: string,
    no: string,
    headers: ReturnCouponHeaders,
    empty?: Empty, options?: Parameters<typeof send>[1]): Promise<returnCouponResponse> => {

    const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
return send<returnCouponResponse>(getReturnCouponUrl(orderId,no),
  {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json',...headers, ...getHeaders(options?.headers) },
    body: JSON.stringify(empty)
  }
);}



export type commandResponse200 = {
  data: CommandReply
  status: 200
}

export type commandResponse400 = {
  data: Problem
  status: 400
}

export type commandResponse401 = {
  data: Problem
  status: 401
}

export type commandResponse403 = {
  data: Problem
  status: 403
}

export type commandResponse413 = {
  data: Problem
  status: 413
}

export type commandResponse415 = {
  data: Problem
  status: 415
}

export type commandResponse421 = {
  data: Problem
  status: 421
}

export type commandResponse429 = {
  data: Problem
  status: 429
}

export type commandResponse500 = {
  data: Problem
  status: 500
}

export type commandResponse503 = {
  data: Problem
  status: 503
}

export type commandResponseSuccess = (commandResponse200) & {
  headers: Headers;
};
export type commandResponseError = (commandResponse400 | commandResponse401 | commandResponse403 | commandResponse413 | commandResponse415 | commandResponse421 | commandResponse429 | commandResponse500 | commandResponse503) & {
  headers: Headers;
};

export type commandResponse = (commandResponseSuccess | commandResponseError)

export const getCommandUrl = () => {




  return `/v1/commands`
}

/**
 * For a POS that starts `hexiao-till pos` or writes files. The request that it stands for is carried out, under its own key; a problem of that one is in the reply.
 * @summary Carry out one request that is one JSON object
 */
export const command = async (commandBody: Command,
    headers?: CommandHeaders, options?: Parameters<typeof send>[1]): Promise<commandResponse> => {

    const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
return send<commandResponse>(getCommandUrl(),
  {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json',...headers, ...getHeaders(options?.headers) },
    body: JSON.stringify(commandBody)
  }
);}



export type statusResponse200 = {
  data: Status
  status: 200
}

export type statusResponse401 = {
  data: Problem
  status: 401
}

export type statusResponse403 = {
  data: Problem
  status: 403
}

export type statusResponse421 = {
  data: Problem
  status: 421
}

export type statusResponse429 = {
  data: Problem
  status: 429
}

export type statusResponse500 = {
  data: Problem
  status: 500
}

export type statusResponse503 = {
  data: Problem
  status: 503
}

export type statusResponseSuccess = (statusResponse200) & {
  headers: Headers;
};
export type statusResponseError = (statusResponse401 | statusResponse403 | statusResponse421 | statusResponse429 | statusResponse500 | statusResponse503) & {
  headers: Headers;
};

export type statusResponse = (statusResponseSuccess | statusResponseError)

export const getStatusUrl = () => {




  return `/v1/status`
}

/**
 * Whether it trains or redeems real coupons, whether WeChat Pay can be reached, and what waits.
 * @summary Read the state of the till
 */
export const status = async (headers?: StatusHeaders, options?: Parameters<typeof send>[1]): Promise<statusResponse> => {

    const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
return send<statusResponse>(getStatusUrl(),
  {
    ...options,
    method: 'GET',
    headers: { ...headers, ...getHeaders(options?.headers) }

  }
);}



export type eventsResponse200 = {
  data: Events
  status: 200
}

export type eventsResponse401 = {
  data: Problem
  status: 401
}

export type eventsResponse403 = {
  data: Problem
  status: 403
}

export type eventsResponse421 = {
  data: Problem
  status: 421
}

export type eventsResponse429 = {
  data: Problem
  status: 429
}

export type eventsResponse500 = {
  data: Problem
  status: 500
}

export type eventsResponse503 = {
  data: Problem
  status: 503
}

export type eventsResponseSuccess = (eventsResponse200) & {
  headers: Headers;
};
export type eventsResponseError = (eventsResponse401 | eventsResponse403 | eventsResponse421 | eventsResponse429 | eventsResponse500 | eventsResponse503) & {
  headers: Headers;
};

export type eventsResponse = (eventsResponseSuccess | eventsResponseError)

export const getEventsUrl = () => {




  return `/v1/events`
}

/**
 * Server-Sent Events. `order`: an Order, when anything of it has changed; `status`: a Status. The order at the counter and the status are sent at once. Nothing is repeated after a break: read the order.
 * @summary Hear every change
 */
export const events = async (headers?: EventsHeaders, options?: Parameters<typeof send>[1]): Promise<eventsResponse> => {

    const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
return send<eventsResponse>(getEventsUrl(),
  {
    ...options,
    method: 'GET',
    headers: { ...headers, ...getHeaders(options?.headers) }

  }
);}
