import { formatFen } from './format.ts'
import type { Language } from './language.ts'
import type { Given } from './shift-report.ts'
import { fill } from './words/fill.ts'
import type { Words } from './words/on-platform.ts'

export type PaperWords = Words[Language]['paper']

/** A name and its value. */
export interface Fact {
  readonly key: string
  readonly name: string
  readonly value: string
}

export interface PaperTable {
  readonly kind: 'table'
  readonly key: string
  readonly heading: string | null
  readonly columns: readonly string[]
  /** Each row has as many texts as there are columns. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[]
  /** The sums of the columns; `null` where there is nothing to add up. */
  readonly total: readonly string[] | null
}

export type PaperSection =
  | PaperTable
  | {
      readonly kind: 'facts'
      readonly key: string
      readonly heading: string | null
      readonly facts: readonly Fact[]
    }
  | {
      readonly kind: 'lines'
      readonly key: string
      readonly heading: string
      readonly lines: readonly { readonly at: string; readonly text: string }[]
      /** What is not listed; `null` when all is. */
      readonly rest: string | null
    }

/** A paper in words: the same on the screen, on paper and in a PDF. */
export interface PaperText {
  readonly title: string
  /** Whose it is and of when. */
  readonly head: readonly Fact[]
  /** What matters most, in large letters. */
  readonly total: string
  /** The total is a code that a person will type: one line, in letters that are not taken for one another. */
  readonly isCode: boolean
  /** Below the total: what is to be known about it. */
  readonly remarks: readonly string[]
  readonly sections: readonly PaperSection[]
  /** Who signs. */
  readonly signatures: readonly string[]
}

/** Who a paper is from. */
export interface Issuer {
  /** Empty where the owner gave none. */
  readonly shopName: string
  readonly merchantId: string
  readonly tillId: string
  /** Nothing on the paper is real. */
  readonly isTraining: boolean
}

/** How many are of unknown value; fewer than none where a late change takes them off what was counted before. */
export function unknownText(unknown: number, words: PaperWords): string {
  return fill(unknown < 0 ? words.lessUnknown : words.unknown, { count: Math.abs(unknown) })
}

/** A sum in words. What is not known is said, and is never 0. */
export function givenText({ fen, unknown }: Given, words: PaperWords, language: Language): string {
  const amount = formatFen(fen, language)
  if (unknown === 0) return amount
  const rest = unknownText(unknown, words)
  return fen === 0 ? rest : fill(words.andUnknown, { amount, rest })
}
