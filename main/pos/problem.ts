import type { Language } from '../contract/language.ts'
import { wordsHere } from '../words-here.ts'
import { type ProblemCode, problems } from './problem-codes.ts'
import type { Problem } from './schemas.ts'

/** Returns an RFC 9457 problem document. `fields`: those that do not fit. */
export function problemOf(
  code: ProblemCode,
  language: Language,
  fields: readonly string[] = [],
): Problem {
  const { title, advice } = wordsHere(language).pos.problem[code]
  return {
    type: `urn:hexiao-till:problem:${code}`,
    title,
    status: problems[code],
    detail: advice,
    code,
    ...(fields.length > 0 && { fields: [...fields] }),
  }
}
