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

/** What is left out stays: two changes in a row must not undo each other by what the page had not heard yet. */
export const AppearanceChange = z.strictObject({
  theme: z.enum(themes).optional(),
  textPercent: z.number().int().min(100).max(200).optional(),
})

export const SoundChange = z.strictObject({
  volumePercent: z.number().int().min(0).max(100).optional(),
  muted: z.boolean().optional(),
})
