import type { Trade } from './trade.ts'

/** A POS program that was paired. */
export interface PosClient {
  readonly id: string
  readonly name: string
  /** SHA-256 of its token, base64. A token has 256 random bits, so that its digest need not be slow. */
  readonly tokenHash: string
  /** Epoch milliseconds. */
  readonly pairedAt: number
}

/** An order as the POS told it, and the order at the counter that it is. */
export interface StoredOrder {
  readonly orderId: string
  /** The number of the order at the till's counter. */
  readonly orderNo: string
  readonly totalFen: number
  readonly trade: Trade
  /** Who stands at the POS, in its words; `null` where it did not say. */
  readonly cashier: string | null
  readonly openedAt: number
  /** When the POS ended it; `null` while it may go on. */
  readonly endedAt: number | null
}

/** A request under an idempotency key. */
export interface StoredRequest {
  /** A keyed digest of method, path and body. */
  readonly digest: string
  /** `null` until the request was carried out. */
  readonly response: StoredResponse | null
}

export interface StoredResponse {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** What the till keeps for POS programs. Everything is on the disk when a write returns; each write throws when it cannot be. */
export interface PosStore {
  /** Every POS that is paired. Of none where the list cannot be read. */
  clients(): readonly PosClient[]
  saveClients(clients: readonly PosClient[]): void
  /** When each POS asked last, epoch milliseconds, by its id. */
  lastUses(): Readonly<Record<string, number>>
  saveLastUses(uses: Readonly<Record<string, number>>): void
  /** `unreadable`: it is there, and was changed by something else than this till. */
  order(orderId: string): StoredOrder | 'unreadable' | null
  /** The order that was opened last; `null` for none. */
  lastOrder(): StoredOrder | null
  saveOrder(order: StoredOrder): void
  request(clientId: string, key: string): StoredRequest | 'unreadable' | null
  saveRequest(clientId: string, key: string, request: StoredRequest, at: number): void
  /** Returns a digest that nobody without the till's key can compute, so that no code can be guessed from it. */
  digest(text: string): string
  /** Forgets orders and requests from before this time. */
  forget(before: number): void
}
