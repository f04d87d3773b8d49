import { z } from 'zod'

/*
 * What is shown of a shop of tills: how this till stands with the shop's server, and the server itself where it runs here.
 */

/** Epoch milliseconds. */
const Instant = z.number().int().nonnegative()

/**
 * How this till stands with the others. `checked`: every coupon is claimed at the server. In every other state a coupon without
 * WeChat Pay's answer is "not checked with the other tills". `gathering`: the server is new, or lost its disk, and waits for tills
 * that have not been there since. `went-back`: it has less than this till has seen. `keys-missing`: the keychain does not have the
 * keys of the shop, or `chain.json` cannot be read.
 */
export const chainStates = [
  'checked',
  'connecting',
  'no-server',
  'gathering',
  'went-back',
  'other-server',
  'expired',
  'not-admitted',
  'keys-missing',
] as const
export const ChainState = z.enum(chainStates)
export type ChainState = z.infer<typeof ChainState>

/**
 * The server's program. `port-taken`: another program has the port. `not-started`: it ends at once, or is not there any more.
 * `not-answering`: it runs, and answers nothing yet. `too-old`, `not-runnable`: it was replaced by one that will not do.
 */
export const shopServerStates = [
  'running',
  'not-answering',
  'restarting',
  'port-taken',
  'not-started',
  'too-old',
  'not-runnable',
] as const
export const ShopServerState = z.enum(shopServerStates)
export type ShopServerState = z.infer<typeof ShopServerState>

/** For the snapshot: what cashiers and owners see at a glance. `null` in its place: a till alone. */
export const ChainView = z.object({
  state: ChainState,
  /** Records of this till wait for the server. */
  isBehind: z.boolean(),
  /** The server, where it is this computer. */
  server: z
    .object({
      state: ShopServerState,
      /** Names of the tills that the server waits for before it grants anything; empty where it grants. */
      missing: z.array(z.string()),
      isDiskLow: z.boolean(),
      certificateUntil: Instant,
    })
    .nullable(),
})
export type ChainView = z.infer<typeof ChainView>

/** Words: `chain.json`, `program.<code>`. `not-nats`: it runs, and is another program. */
export const programFaults = ['not-there', 'not-runnable', 'not-nats', 'too-old'] as const
export const ServerProgram = z.object({
  file: z.string(),
  version: z.string().nullable(),
  /** `null`: it will do. */
  fault: z.enum(programFaults).nullable(),
})
export type ServerProgram = z.infer<typeof ServerProgram>

/** The oldest version that will do. */
export const leastServerVersion = '2.10.27'

export const defaultServerPort = 7640

const TillName = z.object({ key: z.string(), name: z.string() })

/**
 * How the last code ended. `refused`: the till that had it right was told why not. `interrupted`: the line to it broke, or it is
 * joining in this moment.
 */
export const pairingEnds = [
  'joined',
  'expired',
  'too-many-attempts',
  'refused',
  'interrupted',
] as const

export const PairingView = z.object({
  /** Eight characters, to be shown in two groups of four; `null` while none is shown. */
  code: z.string().nullable(),
  /** For how many milliseconds still. */
  leftMs: z.number().nonnegative(),
  attemptsLeft: z.number().int().nonnegative(),
  /** How the code before ended; `null` while one is shown, and before the first. */
  ended: z.enum(pairingEnds).nullable(),
  /** The till that joined with it, or was refused. */
  name: z.string().nullable(),
})
export type PairingView = z.infer<typeof PairingView>

export const ShopServerView = z.object({
  state: ShopServerState,
  program: ServerProgram,
  port: z.number().int(),
  /** What may be typed at the other tills: addresses of this computer, with the port unless it is the usual one. */
  addresses: z.array(z.string()),
  tills: z.array(
    TillName.extend({
      addedAt: Instant,
      /** The till of this computer. */
      isOwn: z.boolean(),
      /** It was let in before the shop's key was changed, and has to join again. */
      mustRejoin: z.boolean(),
    }),
  ),
  /** `gathering`: nothing is granted until the missing tills have been here, or a person goes on without them. */
  gate: z.object({
    state: z.enum(['open', 'gathering', 'unknown']),
    missing: z.array(TillName),
    /** Why the locks were begun anew in this start; `null` where they were not. */
    lastLoss: z.enum(['store-lost', 'store-went-back', 'asked']).nullable(),
  }),
  diskFree: z.number().nonnegative(),
  isDiskLow: z.boolean(),
  certificateUntil: Instant,
  pairing: PairingView,
})
export type ShopServerView = z.infer<typeof ShopServerView>

/** What the settings show. */
export const ChainSetup = z.object({
  /** `false` in practice and before a till is set up: everything below is empty, and every order fails with `not-live`. */
  isLive: z.boolean(),
  /** `null`: a till alone. */
  joined: z
    .object({
      state: ChainState,
      /** `host:port` of the server. */
      address: z.string(),
      /** As the other tills know it. */
      tillId: z.string(),
    })
    .nullable(),
  /** `null`: this computer is not the shop's server. */
  server: ShopServerView.nullable(),
  /** A server that ran here before and was stopped: it can be started again, or copied elsewhere. */
  stoppedFolder: z.string().nullable(),
})
export type ChainSetup = z.infer<typeof ChainSetup>

/** Why an order was not carried out. Words: `chain.json`, `fault.<code>`. */
export const chainFaults = [
  'not-live',
  // Becoming the server.
  'is-server',
  'joined-elsewhere',
  'program-not-chosen',
  'program-not-there',
  'program-not-runnable',
  'program-not-nats',
  'program-too-old',
  'port-taken',
  'folder-not-writable',
  'not-started',
  /** The copied folder has no shop's server in it, or it is damaged. */
  'folder-not-a-server',
  /** This computer does not have the shop's key: it has to join the shop before the server moves here. */
  'chain-key-missing',
  /** The keychain did not take the keys. */
  'key-not-kept',
  // Joining.
  'already-joined',
  'address-wrong',
  'no-answer',
  'not-a-shop-server',
  /** The server shows no code now. */
  'no-code',
  'wrong-code',
  'too-many-attempts',
  'code-expired',
  'name-taken',
  'shop-full',
  'other-version',
  /** The line broke in the middle. Nothing was kept: try again with a new code. */
  'interrupted',
  // Everything else.
  'not-joined',
  'not-server',
  'own-till',
  'till-not-there',
  'not-answering',
  /** Other tills are missing than the person was shown. */
  'missing-changed',
  'not-written',
] as const
export const ChainFault = z.object({ code: z.enum(chainFaults) })
export type ChainFault = z.infer<typeof ChainFault>

/** A server's folder that was copied from another computer. */
export const CopiedServer = z.object({
  folder: z.string(),
  tills: z.array(z.string()),
})
export type CopiedServer = z.infer<typeof CopiedServer>

/** No letters or digits that are taken for others: 0 O, 1 I L, and U for V. */
export const pairingAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
export const pairingLength = 8

/** Returns the code as it is compared: capitals, without spaces and dashes. */
export function plainPairingCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s\-–—]/g, '')
}
