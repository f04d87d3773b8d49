/** What happens to the shop's server, and to a till's line to it. */
export type ChainEvent =
  | { readonly kind: 'chain-cut'; readonly ms: number }
  /** A second server answers; the till notices that it is not its own. */
  | { readonly kind: 'chain-other-server'; readonly ms: number }
  | { readonly kind: 'chain-killed'; readonly downMs: number }
  | { readonly kind: 'chain-disk-lost'; readonly downMs: number }
