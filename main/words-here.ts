import { platformOf } from './contract/platform.ts'
import type { Language } from './contract/language.ts'
import { type Words, wordsOn } from './contract/words/on-platform.ts'

/** The platform of this computer. */
export const platformHere = platformOf(process.platform)

/** The words of one language, where they differ by platform those for this computer's. */
export function wordsHere(language: Language): Words[Language] {
  return wordsOn(platformHere)[language]
}
