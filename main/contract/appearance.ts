import { z } from 'zod'

export const themes = ['system', 'light', 'dark', 'contrast'] as const

/** How the page looks on this computer. */
export const Appearance = z
  .strictObject({
    theme: z.enum(themes),
    /** Of the usual text size. */
    textPercent: z.number().int().min(100).max(200),
  })
  .readonly()
export type Appearance = z.infer<typeof Appearance>

export const defaultAppearance: Appearance = { theme: 'system', textPercent: 100 }

export const Sound = z
  .strictObject({
    /** Of the loudest. */
    volumePercent: z.number().int().min(0).max(100),
    muted: z.boolean(),
  })
  .readonly()
export type Sound = z.infer<typeof Sound>

export const defaultSound: Sound = { volumePercent: 60, muted: false }
