import { formatDateTime } from '../contract/format.ts'
import type { Language } from '../contract/language.ts'
import type { PaperText, PaperWords } from '../contract/paper-text.ts'

/** Returns an owner's recovery code with what it is for, to be kept on paper. */
export function recoveryPaper(
  { code, owner, at }: { readonly code: string; readonly owner: string; readonly at: number },
  words: PaperWords,
  language: Language,
): PaperText {
  const { recovery, slip } = words
  return {
    title: recovery.title,
    head: [
      { key: 'owner', name: recovery.owner, value: owner },
      { key: 'printedAt', name: slip.printedAt, value: formatDateTime(at, language) },
    ],
    total: code,
    isCode: true,
    remarks: [recovery.use, recovery.keep],
    sections: [],
    signatures: [],
  }
}
