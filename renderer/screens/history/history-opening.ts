/** What History shows at first: one redemption, by its `useRequestNo`, or all that are in a state. */
export type HistoryOpening = { readonly coupon: string } | { readonly state: 'pending' }
