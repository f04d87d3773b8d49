import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import { ChainProfile } from '../profile.ts'
import { scalarOf, type Spake2Parts } from './spake2.ts'

/*
 * How a till joins (docs/decisions/0063-joining-with-a-code.md). In clear: share, share, word, word (SPAKE2). Sealed from there on: the
 * till says who it is, the server what it needs; the till says that it has kept it, the server that it is let in for good.
 */

export const pairingVersion = 1

const Bytes = z.base64().max(200)

/** The server says so in clear, before there is a key: a man in the middle could too, and gains a till that is not joined. */
export const Refusal = z.object({
  refused: z.enum(['no-code', 'too-many-attempts', 'wrong-code', 'other-version']),
})
export type Refusal = z.infer<typeof Refusal>

/** A point of the curve: 65 bytes. */
const Share = z.base64().length(88)

export const Hello = z.object({ version: z.int(), share: Share })
export const HelloBack = z.object({ share: Share })
export const Confirmation = z.object({ word: Bytes })

/** What the server gets to know of a till: never its seed. */
export const Introduction = z.object({
  key: z.string().regex(/^U[A-Z2-7]{55}$/),
  name: z.string().min(1).max(64),
})
export type Introduction = z.infer<typeof Introduction>

/** What the till gets to know of the server. */
export const Grant = z.object({
  authority: ChainProfile.shape.authority,
  chainKey: z.base64().length(44),
})
export type Grant = z.infer<typeof Grant>

export const Admission = z.union([
  z.object({ grant: Grant }),
  z.object({ refused: z.enum(['name-taken', 'shop-full']) }),
])
export const Kept = z.object({ kept: z.literal(true) })
export const Done = z.object({ done: z.literal(true) })

const derive = promisify<string, string, number, Buffer>(scrypt)

/** The names of both sides and the code, as SPAKE2 has them: the till is A, the server B. Takes a tenth of a second. */
export async function sidesOf(code: string): Promise<Omit<Spake2Parts, 'side'>> {
  const context = `hexiao-till pairing ${pairingVersion}`
  return {
    idA: 'till',
    idB: 'shop server',
    context,
    // Node's own cost (N = 2^14): a code is good for five tries in ten minutes, and is written down nowhere.
    w: scalarOf(await derive(code, context, 64)),
  }
}
