import { z } from 'zod'

/** Epoch milliseconds. */
const Instant = z.number().int().nonnegative()
const Count = z.number().int().nonnegative()

/**
 * How the office stands with the hub. `not-attached`: no hub was chosen yet. `refused`: the hub does not let this office in (any
 * more). `other-hub`: what answers there is not the hub that the office was attached to. `expired`: a certificate, or this
 * computer's clock. `keys-missing`: the keychain does not have the office's keys.
 */
export const hubStates = [
  'not-attached',
  'connecting',
  'connected',
  'unreachable',
  'refused',
  'other-hub',
  'expired',
  'keys-missing',
] as const

export const HubConnection = z.object({
  state: z.enum(hubStates),
  /** `host:port`. */
  address: z.string().nullable(),
  /** Since when it is in this state. */
  since: Instant,
  /** Everything that the hub had until then is shown; `null`: nothing was read yet. */
  asOf: Instant.nullable(),
  /** Records at the hub that are not shown yet; `null`: not known. */
  behind: Count.nullable(),
  /** The copy is being made anew from the hub: how many records of how many; `null` otherwise. */
  rebuilding: z.object({ done: Count, total: Count }).nullable(),
})
export type HubConnection = z.infer<typeof HubConnection>

/** What is in the file with which a hub lets an office in, as far as a person is shown it. */
export const AttachOffer = z.object({
  /** The file, for `attach`. */
  file: z.string(),
  address: z.string(),
  /** As the hub's owner named the chain. */
  name: z.string(),
})
export type AttachOffer = z.infer<typeof AttachOffer>

/** Words: `office.json`, `attach.fault.<code>`. */
export const attachFaults = [
  'file-not-readable',
  /** It is no such file, or damaged. */
  'file-wrong',
  /** Of a newer version of the program. */
  'file-newer',
  'address-wrong',
  'no-answer',
  /** The hub does not know this file (any more). */
  'refused',
  'other-hub',
  'expired',
  /** The keychain did not take the keys. */
  'key-not-kept',
  'not-written',
] as const
export const AttachFault = z.object({ code: z.enum(attachFaults) })
export type AttachFault = z.infer<typeof AttachFault>
