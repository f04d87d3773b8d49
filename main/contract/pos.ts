import { z } from 'zod'

/** Where a web page is that may ask: scheme, host and port, as a browser names it. */
const Origin = z
  .string()
  .max(200)
  .regex(/^https?:\/\/[^\s/?#@\\]+$/)

/** Ports under 1024 need more rights than a till has. */
export const PosSettings = z.strictObject({
  isOn: z.boolean().default(false),
  port: z.number().int().min(1024).max(65_535).default(9740),
  /** Web pages that may ask; programs need no origin. */
  origins: z.array(Origin).max(20).default([]),
  /** The folder in which requests are left as files; `null`: there is none. */
  folder: z.string().min(1).max(400).nullable().default(null),
})
export type PosSettings = z.infer<typeof PosSettings>

/** What the settings show of the link to a POS. */
export const PosState = z.object({
  /** `off`: not switched on, or no till is open. `port-taken`: another program has the port. */
  listening: z.enum(['off', 'starting', 'on', 'port-taken', 'not-listening', 'practice']),
  /** The port that it has, or that it wants; `null` while it is off. */
  port: z.number().nullable(),
  /** The digits that a POS is paired with, and for how many milliseconds still; `null` while none are shown. */
  pairing: z.object({ code: z.string(), leftMs: z.number().nonnegative() }).nullable(),
  /** The watched folder. `off`: none is set, or no till is open. */
  folder: z.enum([
    'off',
    'on',
    'practice',
    'not-there',
    'not-absolute',
    'on-network',
    'open-to-all',
    'not-writable',
  ]),
  clients: z.array(
    z.object({
      id: z.string(),
      /** It is the watched folder, which is switched off and not revoked. */
      isFolder: z.boolean(),
      name: z.string(),
      pairedAt: z.number(),
      /** About when it asked last, to a minute; `null` if never. */
      usedAt: z.number().nullable(),
    }),
  ),
})
export type PosState = z.infer<typeof PosState>
