import { z } from 'zod'
import { ShopServerView } from '../contract/chain.ts'
import { orderNames } from './arguments.ts'

/* What the server that runs is asked, and what it says to it. */

export const Order = z.strictObject({ order: z.enum(orderNames), name: z.string().max(64) })
export type Order = z.infer<typeof Order>

const orderFaults = [
  'not-answering',
  'port-taken',
  'till-not-there',
  'chain-key-missing',
  'key-not-here',
  'not-written',
] as const
export const Reply = z.union([
  z.object({ ok: z.literal(true), server: ShopServerView }),
  z.object({ ok: z.literal(false), fault: z.enum(orderFaults) }),
])
export type Reply = z.infer<typeof Reply>
