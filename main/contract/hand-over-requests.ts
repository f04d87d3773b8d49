import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'

/** Far more than any queue needs: a larger file was not written by a till. */
export const largestHandOverBytes = 200 * 2 ** 20

export const handOverFaults = [
  'no-hand-over',
  'wrong-password',
  /** A later version of this program wrote it. */
  'newer-version',
  /** The password is right, but no till writes such contents. */
  'unreadable',
  /** It, or a request in it, belongs to another merchant or another appid. */
  'other-merchant',
  /** No merchant key has signed it: an earlier version wrote it, or no till. */
  'unsigned',
  'from-training',
  'from-live',
  /** Signed with a certificate that this till has not had. */
  'other-certificate',
  /** What is in it, or around it, was changed since it was signed. */
  'signature-wrong',
  /** The merchant key could not be asked, or refused: nothing was handed over. */
  'not-signed',
  /** The same, once what is open here was sealed: it is kept here and can be written again. */
  'signed-later',
  /** The certificate's public key was not kept when this till was set up. */
  'set-up-again',
  'busy',
  'nothing-open',
  /** The file could not be read: the stick is gone, say. */
  'not-read',
  /** The file could not be written. Its contents are kept here and can be written elsewhere. */
  'not-written',
  'nothing-kept',
  // A folder, a link, a device or a pipe.
  'file-not-regular',
  'file-on-network',
  // It takes longer, or more memory, than any queue.
  'file-too-demanding',
] as const
export const HandOverFault = z.object({ code: z.enum(handOverFaults) })
export type HandOverFault = z.infer<typeof HandOverFault>

const Count = z.int().nonnegative()

/** How many entries of a file had which outcome. */
export const TakenOver = z.object({
  /** This till goes on with them. */
  taken: Count,
  /** They were here already, or were decided or handed over since: nothing changed. */
  known: Count,
  /**
   * Ended without sending: their coupons were redeemed or returned here under another number, and no discount was
   * given.
   */
  closed: Count,
  /** They wait for a person here. */
  review: Count,
})
export type TakenOver = z.infer<typeof TakenOver>

/** An earlier export, whose file can be written again. */
export const ExportedHandOver = z.object({
  id: z.int(),
  /** Epoch milliseconds. */
  at: z.int(),
  count: Count,
})
export type ExportedHandOver = z.infer<typeof ExportedHandOver>

const order = z.strictObject({
  /** The only way to open the file on the other computer. */
  password: z.string().min(8).max(64),
  why: z.string().trim().min(1).max(200),
})
/** The path of the written file; `null` when the file dialog was cancelled. */
const written = outcome(z.string().nullable(), HandOverFault)
const needs = 'hand-over'

/** Requests to move everything undecided to another computer, which goes on with it under the same request numbers. */
export const handOverRequests = {
  'handOver.export': { input: order, output: written, needs, audited: ['why'] },
  /** Returns all exports, newest first. */
  'handOver.list': { input: nothing, output: z.array(ExportedHandOver), needs },
  /** Writes the file of an export again, in case it was lost. */
  'handOver.again': {
    input: z.strictObject({ id: z.int() }),
    output: written,
    needs,
    audited: ['id'],
  },
  /** Takes over what another till exported; returns `null` when the file dialog was cancelled. */
  'handOver.import': {
    input: order,
    output: outcome(TakenOver.nullable(), HandOverFault),
    needs,
    audited: ['why'],
  },
} as const satisfies Record<string, RequestKind>
