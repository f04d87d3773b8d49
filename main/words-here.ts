import { platformOf } from './contract/platform.ts'
import type { Language } from './contract/language.ts'
import { type Words, wordsOn } from './contract/words/on-platform.ts'

export const platformHere = platformOf(process.platform)

/** The catalogue of one language, as it reads on this computer. */
export function wordsHere(language: Language): Words[Language] {
  return wordsOn(platformHere)[language]
}
