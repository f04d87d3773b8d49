import { z } from 'zod'
import { orderNames } from './arguments.ts'

/* What the hub that runs is asked, and what it says to it. */

export const Order = z.strictObject({ order: z.enum(orderNames), name: z.string().max(64) })
export type Order = z.infer<typeof Order>

export const Reply = z.union([
  z.object({
    ok: z.literal(true),
    state: z.enum(['running', 'not-answering', 'restarting', 'port-taken', 'not-started']),
    /** How others reach it. */
    names: z.array(z.string()),
    port: z.int(),
    leafPort: z.int(),
    shops: z.array(z.string()),
    /** What `attach` and `keys` give, as the file has it. It is a secret. */
    file: z.string().nullable(),
  }),
  z.object({
    ok: z.literal(false),
    fault: z.enum(['not-answering', 'name-taken', 'shop-not-there', 'not-written']),
  }),
])
export type Reply = z.infer<typeof Reply>
