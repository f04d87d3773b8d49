import { z } from 'zod'

/** Longest prefix or suffix that a scanner can be configured to add to a code. */
const maxAffixLength = 16
const Milliseconds = z.number().positive().max(10_000)

/** What is known of the scanner in use: what calibration and use have taught. Kept over restarts. */
export const ScannerProfile = z
  .strictObject({
    /**
     * What ends a scan. `auto`: Enter or Tab; a scan without either is taken only when its text proves that it is
     * whole, because the first half of a broken scan looks the same. `key`: the one in `endKey`.
     */
    terminator: z.enum(['auto', 'enter', 'tab', 'key', 'none']),
    /** The key that ends a scan where it is neither Enter nor Tab: its UI Events `code`, such as `ArrowDown`, `F4`. */
    endKey: z.string().max(32).nullable().default(null),
    /** Silence that ends a scan without terminator, ms. */
    quietMs: Milliseconds,
    /**
     * Slowest scanner that is known by its pace alone, mean milliseconds per key. A slower one is read where it keeps time as no
     * hand does.
     */
    maxMsPerKey: Milliseconds,
    /** Shortest code; fewer keys prove too little. */
    minLength: z.number().int().positive(),
    /** Characters that the scanner puts around every code; they are required and taken off. */
    prefix: z.string().max(maxAffixLength),
    suffix: z.string().max(maxAffixLength),
    /** Which of `event.code` (scanner plays a US keyboard) and `event.key` (it plays the system's layout) is right. */
    layout: z.enum(['auto', 'code', 'key']),
    /**
     * `ignores-lock`: Shift alone makes capitals and Caps Lock turns them round (the factory setting of most).
     * `follows-lock`: the scanner watches Caps Lock and makes up for it.
     */
    capsLock: z.enum(['ignores-lock', 'follows-lock']),
    /** Learnt rhythm: median times between two keys and of a key held, ms; `null` until enough scans were heard. */
    rhythm: z
      .strictObject({ gapMs: z.number().nonnegative(), holdMs: z.number().nonnegative() })
      .readonly()
      .nullable(),
  })
  .readonly()
export type ScannerProfile = z.infer<typeof ScannerProfile>
