import { z } from 'zod'

/** How long the till lets another program have the keyboard, ms; `null`: for ever. */
export const focusBackChoices = [3000, 5000, 10_000, 30_000, null] as const

/** Where the till's window stands on a screen that it shares with the POS. */
export const Placement = z
  .strictObject({
    /** A small window that stays above all others, in place of the whole screen. */
    compact: z.boolean(),
    /**
     * The compact window takes the focus back when nobody has touched keyboard or mouse for so long, ms. Whoever works
     * in the POS is never interrupted.
     */
    focusBackMs: z.number().int().min(1000).max(600_000).nullable(),
  })
  .readonly()
export type Placement = z.infer<typeof Placement>

export const defaultPlacement: Placement = { compact: false, focusBackMs: 5000 }
