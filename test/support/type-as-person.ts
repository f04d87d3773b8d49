import type { Page } from '@playwright/test'

/** Between two keys, ms: uneven as a person's, because even keys count as a slow scan and are kept out of the field. */
const pauses = [80, 170, 60, 140, 210]

/** Types into the field that has the focus, at a person's pace. */
export async function typeAsPerson({ keyboard }: Page, text: string): Promise<void> {
  for (const [at, character] of Array.from(text).entries())
    await keyboard.type(character, { delay: pauses[at % pauses.length] ?? 0 })
}
