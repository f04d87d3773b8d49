import { z } from 'zod'
import { maxAttachedLength } from './payload-length.ts'

/**
 * How a scanner is connected. One on a serial port or in HID-POS mode does not type; this program alone reads it,
 * whichever window is in front. Scanners that type like a keyboard are always read.
 */
export const ScannerConnection = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('keyboard') }),
    z.strictObject({
      kind: z.literal('serial'),
      /** As the system names the port: `COM3`, `/dev/ttyACM0`. */
      path: z.string().min(1).max(256),
      baudRate: z.number().int().min(300).max(921_600),
    }),
    z.strictObject({ kind: z.literal('hid') }),
  ])
  .readonly()
export type ScannerConnection = z.infer<typeof ScannerConnection>

/** `absent`: not found, and searched for repeatedly. `unavailable`: this computer cannot read such scanners at all. */
export const AttachedState = z.enum(['off', 'absent', 'connected', 'unavailable'])
export type AttachedState = z.infer<typeof AttachedState>

export const SerialPortView = z.object({ path: z.string(), label: z.string() })
export type SerialPortView = z.infer<typeof SerialPortView>

const AttachedSource = z.enum(['serial', 'hid'])
export type AttachedSource = z.infer<typeof AttachedSource>

/**
 * What an attached scanner sent, unchanged. Prefix, suffix and identifier are removed later, as with one that types.
 */
export const AttachedRead = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    source: AttachedSource,
    text: z.string().min(1).max(maxAttachedLength),
    /** AIM symbology identifier, where the scanner sent it separately from the text. */
    aim: z.string().nullable(),
    /** `silence`: no terminator came, so the text may be incomplete. A HID report marks its own end. */
    ended: z.enum(['terminator', 'silence']),
  }),
  z.strictObject({
    kind: z.literal('fault'),
    source: AttachedSource,
    why: z.enum(['broken-off', 'too-long', 'unreadable-key']),
  }),
])
export type AttachedRead = z.infer<typeof AttachedRead>
