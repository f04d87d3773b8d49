/** How a coupon stands among the tills of the shop. */
export type ShopStanding =
  /** The server has not answered yet. */
  | { readonly kind: 'asking' }
  /** No other till of this shop has it. */
  | { readonly kind: 'held' }
  /** The server did not answer: not known, and the claim may land later. */
  | { readonly kind: 'unchecked' }
  /** Another till has it, since `at` by its clock: it holds the lock, or it told that it gave the discount. */
  | {
      readonly kind: 'elsewhere'
      readonly tillId: string
      readonly at: number
      readonly how: 'claimed' | 'honoured' | 'redeemed'
    }
