export const themes = ['system', 'light', 'dark', 'contrast'] as const

/** Choices for `focusBackMs`, in milliseconds; `null` for never. */
export const focusBackChoices = [3000, 5000, 10_000, 30_000, null] as const
