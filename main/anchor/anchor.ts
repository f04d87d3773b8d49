/*
 * anchor/ holds what this till last knew of its own files, in the keychain: whoever can write the files but not the
 * keychain cannot change both. Here live the record and its writing. What is compared with it is in app/, and what is
 * counted and digested is the store's.
 */

import { z } from 'zod'

const Count = z.int().nonnegative()
const Digest = z.base64().max(44)

/** A point of the audit chain: the id of its row, how many rows the chain has up to there, and that row's digest. */
export const ChainPoint = z.strictObject({ id: Count, rows: Count, digest: Digest })

/** An owner as their PIN is checked where the records cannot be believed. */
export const AnchoredOwner = z.strictObject({
  id: z.string().max(64),
  name: z.string().max(64),
  /** As `shop/pin-hasher.ts` writes it. */
  pinHash: z.string().max(160),
})
export type AnchoredOwner = z.infer<typeof AnchoredOwner>

/** So many fit into the keychain. A shop has one or two. */
export const maxAnchoredOwners = 8

/** What the keychain holds of one till. Less than the 2,560 bytes that Windows allows, however long the names are. */
export const Anchor = z.strictObject({
  version: z.literal(1),
  /** Of the database, which got it when it was made: one profile has one database. */
  databaseId: z.string().max(64),
  /** Counts the changes of staff, settings and shifts. The database may be ahead of this number, and never behind it. */
  generation: Count,
  /** Of what the staff and the settings then said, by which it is known whether a rescued file still has them. */
  staff: Digest,
  settings: Digest,
  /** The audit chain goes through this point. It may have more rows. */
  audit: ChainPoint,
  /** What came before this point was accepted by a person as it is, or rescued; `null`: the whole chain must fit. */
  accepted: ChainPoint.nullable(),
  /** Where the chain of a backup ends that a person is restoring; `null` while nobody does. */
  restoring: ChainPoint.nullable(),
  /** Digests of the settings file; two while it is being written: the one before and the one after. */
  profile: z.array(Digest).max(2),
  /**
   * Digests of which shop of tills this till belongs to, and of who belongs to the server on this computer; two while they are being
   * written. Empty text: a till alone, as one is whose anchor says nothing of it.
   */
  chain: z.array(Digest).max(2).optional(),
  /** Empty on a till without staff. With one, somebody has to sign in, whatever the files say. */
  owners: z.array(AnchoredOwner).max(maxAnchoredOwners),
  /** Wrong PINs in a row before an obstacle; counted here, because a restart must not give more guesses. */
  wrongPins: Count,
  /** The highest time at which WeChat Pay signed a verified reply, epoch milliseconds; `null` before the first. */
  verifiedMs: Count.nullable(),
})
export type Anchor = z.infer<typeof Anchor>
