import type { RejectReason } from '../decision.ts'
import { defaultScannerProfile } from '../scanner-profile.ts'
import { spell } from '../transcript.ts'
import type { Finding } from './finding.ts'
import { textOf, type RecordedScan, type Sample } from './recorded-scan.ts'

/** Returns the likeliest reasons why no way of reading yields the codes that were scanned. */
export function diagnose(samples: readonly Sample[], played: readonly RecordedScan[]): Finding[] {
  const unread = unreadableIn(played)
  if (unread !== null) return [unread]
  const pairs = samples.map(({ code }, at) => {
    const each = played[at] ?? null
    const byCode = textOf(each, { layout: 'code', capsLock: 'ignores-lock' })
    const byKey = textOf(each, { layout: 'key', capsLock: 'ignores-lock' })
    return { code, texts: [byCode, byKey].filter((text) => text !== null) }
  })
  const every = (holds: (text: string, code: string) => boolean): boolean =>
    pairs.every(({ code, texts }) => texts.some((text) => holds(text, code)))
  const some = (holds: (text: string, code: string) => boolean): boolean =>
    pairs.some(({ code, texts }) => texts.some((text) => text !== code && holds(text, code)))
  if (every((text, code) => contains(text.toLowerCase(), code.toLowerCase())))
    return ['changes-case']
  if (
    played.some(({ run }) => run.faults.length > 0) ||
    some((text, code) => isThinned(text, code))
  ) {
    return ['drops-characters']
  }
  if (some((text, code) => isThinned(code, text))) return ['adds-characters']
  if (every((text, code) => isReplaced(text, code))) return ['layout-unknown']
  return ['not-the-codes']
}

/** Returns what makes a scan unreadable under any layout; `null` when each spells some text. */
function unreadableIn(played: readonly RecordedScan[]): Finding | null {
  for (const { run } of played) {
    const spelt = spell(run.presses, { ...defaultScannerProfile, layout: 'code' })
    const why = spelt.ok ? run.faults.find((fault) => fault in plainFaults) : spelt.error
    const finding = why === undefined ? undefined : plainFaults[why]
    if (finding !== undefined) return finding
  }
  return null
}

/** Rejections that tell by themselves what to fix. */
const plainFaults: Partial<Record<RejectReason, Finding>> = {
  'function-key': 'function-keys',
  'case-unclear': 'unclear-case',
  'remote-keys': 'remote-keys',
  'unreadable-key': 'control-characters',
}

function contains(text: string, code: string): boolean {
  return text.includes(code)
}

/** Whether `text` is `whole` with characters left out. */
function isThinned(text: string, whole: string): boolean {
  let at = 0
  for (const char of whole) if (char === text[at]) at += 1
  return text.length > 0 && at === text.length && text.length < whole.length
}

/** Whether each character of the code was replaced, always by the same one. */
function isReplaced(text: string, code: string): boolean {
  if (text.length !== code.length) return false
  const shown = new Map<string, string>()
  return Array.from(code).every((char, at) => {
    const was = shown.get(char) ?? text[at]
    shown.set(char, text[at] ?? '')
    return was === text[at]
  })
}
