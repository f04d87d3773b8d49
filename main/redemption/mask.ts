/**
 * One thing that must not be readable in a text: a code, an openid, a request. Of spellings that differ in case, that
 * are escaped or split by blanks and dashes, each is found, and so is a part of it that is long enough.
 */
export interface Secret {
  readonly text: string
  /** So many letters and digits in a row are taken for a part of it. A secret that is shorter has to be there whole. */
  readonly shortestPart: number
  /** What stands in its place, where all of it was there. */
  readonly mask: string
}

/** What stands in the place of a part. */
export const hidden = '…'
/** A text may have been cut in the middle of a secret: at its end so much of a beginning counts too. */
const shortestBeginning = 5

interface Sign {
  /** A letter or digit, in lower case. */
  readonly sign: string
  /** Where it is written in the text; an escape takes several places. */
  readonly from: number
  readonly to: number
}

/** Returns the text with every secret in it replaced. */
export function mask(text: string, secrets: readonly Secret[]): string {
  const signs = signsOf(text)
  const spans = secrets.flatMap((secret) => spansOf(signs, secret))
  let masked = ''
  let at = 0
  for (const span of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    // Of two that overlap, what is left of the second.
    if (span.to <= at) continue
    masked += span.from >= at ? text.slice(at, span.from) + span.by : ''
    at = span.to
  }
  return masked + text.slice(at)
}

interface Span {
  readonly from: number
  readonly to: number
  readonly by: string
}

function spansOf(signs: readonly Sign[], { text, shortestPart, mask: by }: Secret): Span[] {
  const whole = lettersOf(text)
  const shown = signs.map(({ sign }) => sign).join('')
  const shortest = Math.min(shortestPart, whole.length)
  const spans: Span[] = []
  if (whole.length < shortestBeginning) return spans
  for (let at = 0; at < shown.length;) {
    const length = longestPart(shown, at, whole, shortest)
    const [first, last] = [signs[at], signs[at + length - 1]]
    if (length > 0 && first && last)
      spans.push({ from: first.from, to: last.to, by: length === whole.length ? by : hidden })
    at += Math.max(1, length)
  }
  return spans
}

/** How many signs from `at` on are a part of the secret, or its beginning that the end of the text cuts off. */
function longestPart(shown: string, at: number, secret: string, shortest: number): number {
  const rest = shown.length - at
  if (rest < shortest)
    return rest >= shortestBeginning && secret.startsWith(shown.slice(at)) ? rest : 0
  const start = shown.slice(at, at + shortest)
  let longest = 0
  for (let found = secret.indexOf(start); found >= 0; found = secret.indexOf(start, found + 1)) {
    let length = shortest
    while (found + length < secret.length && shown[at + length] === secret[found + length])
      length += 1
    longest = Math.max(longest, length)
  }
  return longest
}

function lettersOf(text: string): string {
  return signsOf(text)
    .map(({ sign }) => sign)
    .join('')
}

/** `%41`, `\u0041` (also escaped several times over), `\x41`, `&#65;` and `&#x41;` are one letter each. */
const escape =
  /(?:%(?:25)*|\\+x)([0-9a-f]{2})|\\+u\{?([0-9a-f]{4,6})\}?|&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?|[^]/giu
const letter = /^[\p{L}\p{N}]$/u

function signsOf(text: string): Sign[] {
  const signs: Sign[] = []
  for (const { 0: written, 1: byte, 2: unit, 3: hex, 4: decimal, index: from } of text.matchAll(
    escape,
  )) {
    const code =
      decimal === undefined ? Number.parseInt(byte ?? unit ?? hex ?? '', 16) : Number(decimal)
    const isEscape = Number.isInteger(code) && code <= 0x10_ffff
    const plain = (isEscape ? String.fromCodePoint(code) : written).normalize('NFKC').toLowerCase()
    // An escape of a letter that is more than one byte is several signs, none of which is in a code or an openid.
    for (const sign of plain)
      if (letter.test(sign)) signs.push({ sign, from, to: from + written.length })
  }
  return signs
}
