import { z } from 'zod'
import type { PosClient, PosStore, StoredOrder, StoredRequest } from '../redemption/pos-store.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'
import { SettingTable } from './setting-table.ts'
import type { ShopSeal } from './shop-seal.ts'

const Row = z.object({ sealed: z.instanceof(Uint8Array) }).optional()
const OrderRow = z.object({ order_id: z.string(), sealed: z.instanceof(Uint8Array) }).optional()

const Clients = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    tokenHash: z.string(),
    pairedAt: z.number(),
  }),
)
const LastUses = z.record(z.string(), z.number())
const TextOrNull = z.string().nullable()
const Order = z.strictObject({
  orderId: z.string(),
  orderNo: z.string(),
  totalFen: z.number(),
  trade: z.strictObject({ outTradeNo: TextOrNull, transactionId: TextOrNull, mchId: TextOrNull }),
  cashier: TextOrNull,
  openedAt: z.number(),
  endedAt: z.number().nullable(),
})
const Request = z.strictObject({
  digest: z.string(),
  response: z
    .strictObject({ status: z.number(), contentType: z.string(), body: z.string() })
    .nullable(),
})

/**
 * What the till keeps for POS programs. Orders and requests are encrypted and bound to what they are found by, so that an edited
 * or exchanged one is unreadable. The list of who may ask is part of what the shop's seal vouches for.
 */
export class PosTable implements PosStore {
  readonly #sealing: Sealing
  readonly #clients
  readonly #saveClients
  readonly #lastUses
  readonly #order
  readonly #lastOrder
  readonly #saveOrder
  readonly #request
  readonly #saveRequest
  readonly #forgetOrders
  readonly #forgetRequests

  constructor(database: Database, sealing: Sealing, seal: ShopSeal) {
    this.#sealing = sealing
    const clients = new SettingTable<readonly PosClient[]>(database, sealing, 'pos-clients')
    this.#clients = clients
    this.#saveClients = seal.covering('settings', (all: readonly PosClient[]) => clients.write(all))
    this.#lastUses = new SettingTable<Readonly<Record<string, number>>>(
      database,
      sealing,
      'pos-last-uses',
    )
    this.#order = database.prepare('SELECT sealed FROM pos_order WHERE order_id = ?')
    this.#lastOrder = database.prepare(
      'SELECT order_id, sealed FROM pos_order ORDER BY rowid DESC LIMIT 1',
    )
    // It keeps its row number, by which the order that was opened last is found whatever was done to the clock.
    this.#saveOrder = database.prepare(`
      INSERT INTO pos_order VALUES (?, ?, ?)
      ON CONFLICT (order_id) DO UPDATE SET opened_at = excluded.opened_at, sealed = excluded.sealed`)
    this.#request = database.prepare(
      'SELECT sealed FROM pos_request WHERE client_id = ? AND key = ?',
    )
    this.#saveRequest = database.prepare('INSERT OR REPLACE INTO pos_request VALUES (?, ?, ?, ?)')
    this.#forgetOrders = database.prepare('DELETE FROM pos_order WHERE opened_at < ?')
    this.#forgetRequests = database.prepare('DELETE FROM pos_request WHERE at < ?')
  }

  clients(): readonly PosClient[] {
    return Clients.safeParse(this.#clients.read()).data ?? []
  }

  saveClients(clients: readonly PosClient[]): void {
    this.#saveClients(clients)
  }

  lastUses(): Readonly<Record<string, number>> {
    return LastUses.safeParse(this.#lastUses.read()).data ?? {}
  }

  saveLastUses(uses: Readonly<Record<string, number>>): void {
    this.#lastUses.write(uses)
  }

  order(orderId: string): StoredOrder | 'unreadable' | null {
    const row = Row.parse(this.#order.get(orderId))
    return row === undefined ? null : this.#open(orderPlace(orderId), row.sealed, Order)
  }

  lastOrder(): StoredOrder | null {
    const row = OrderRow.parse(this.#lastOrder.get())
    if (row === undefined) return null
    const order = this.#open(orderPlace(row.order_id), row.sealed, Order)
    return order === 'unreadable' ? null : order
  }

  saveOrder(order: StoredOrder): void {
    this.#saveOrder.run(order.orderId, order.openedAt, this.#seal(orderPlace(order.orderId), order))
  }

  request(clientId: string, key: string): StoredRequest | 'unreadable' | null {
    const row = Row.parse(this.#request.get(clientId, key))
    return row === undefined ? null : this.#open(requestPlace(clientId, key), row.sealed, Request)
  }

  saveRequest(clientId: string, key: string, request: StoredRequest, at: number): void {
    this.#saveRequest.run(clientId, key, at, this.#seal(requestPlace(clientId, key), request))
  }

  digest(text: string): string {
    return this.#sealing.mac(`pos request ${text}`).toString('base64')
  }

  forget(before: number): void {
    this.#forgetOrders.run(before)
    this.#forgetRequests.run(before)
  }

  #seal(place: string, value: object): Buffer {
    return this.#sealing.seal(place, Buffer.from(JSON.stringify(value)))
  }

  #open<T>(place: string, sealed: Uint8Array, schema: z.ZodType<T>): T | 'unreadable' {
    try {
      return schema.parse(JSON.parse(this.#sealing.open(place, sealed).toString()))
    } catch {
      return 'unreadable'
    }
  }
}

function orderPlace(orderId: string): string {
  return `pos-order ${orderId}`
}

/** A line feed is in neither, so that no two pairs have one place. */
function requestPlace(clientId: string, key: string): string {
  return `pos-request ${clientId}\n${key}`
}
