import { z } from 'zod'

/** Of serial scanners; 9600 is the factory setting of most, and USB ones take any. */
export const baudRates = [9600, 19_200, 38_400, 57_600, 115_200] as const

/**
 * A scanner that does not type: it is read by this program alone, whatever window is in front. Scanners that type are
 * heard in any case.
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

/** `absent`: it is looked for again and again. `unavailable`: this system cannot read such scanners at all. */
export const AttachedState = z.enum(['off', 'absent', 'connected', 'unavailable'])
export type AttachedState = z.infer<typeof AttachedState>

export const SerialPortView = z.object({ path: z.string(), label: z.string() })
export type SerialPortView = z.infer<typeof SerialPortView>

const AttachedSource = z.enum(['serial', 'hid'])
export type AttachedSource = z.infer<typeof AttachedSource>

/** Longest text that is passed on: the longest code with everything that a scanner can put around it. */
export const maxAttachedLength = 320

/** What an attached scanner sent, as it came: prefix, suffix and identifier are taken off as with one that types. */
export const AttachedRead = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    source: AttachedSource,
    text: z.string().min(1).max(maxAttachedLength),
    /** AIM symbology identifier that came beside the text, not in it. */
    aim: z.string().nullable(),
    /** `silence`: no terminator came, so nobody knows whether it is whole. A HID report says so itself. */
    ended: z.enum(['terminator', 'silence']),
  }),
  z.strictObject({
    kind: z.literal('fault'),
    source: AttachedSource,
    why: z.enum(['broken-off', 'too-long', 'unreadable-key']),
  }),
])
export type AttachedRead = z.infer<typeof AttachedRead>
