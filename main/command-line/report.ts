import type { Language } from '../contract/language.ts'
import type { Words } from '../contract/words/on-platform.ts'
import { fill } from '../contract/words/fill.ts'
import { wordsHere } from '../words-here.ts'

type Commands = Words['zh-CN']['commands']
export type LineCode = keyof Commands['line']
export type CheckName = keyof Commands['check']
export type CheckState = keyof Commands['state']

/** The result of one check. Scripts read it as JSON, people as `text`. */
export interface Check {
  readonly check: CheckName
  readonly state: CheckState
  /** From `commands.json`, `setup.json` (a fault or a connection finding), or a keychain's state. */
  readonly code: string
  /** Facts for scripts, some of which are in `text` too. Never a secret. */
  readonly values: Readonly<Record<string, string | number | null>>
  /** What was found, and what to do about it, in the user's language. */
  readonly text: string
}

export interface Report {
  readonly command: string
  readonly ok: boolean
  /** Nothing failed, and a person should look at it: what waits for a decision, a backup that is too old. */
  readonly attention: boolean
  readonly checks: readonly Check[]
}

export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const

/** Makes checks with words of one language. */
export interface CheckWriter {
  line(check: CheckName, state: CheckState, code: LineCode, values?: Check['values']): Check
  /** With the given words: of a fault of set-up, or of a connection finding. */
  text(
    check: CheckName,
    state: CheckState,
    code: string,
    text: string,
    values?: Check['values'],
  ): Check
}

export function createCheckWriter(language: Language): CheckWriter {
  const { line } = wordsHere(language).commands
  return {
    line: (check, state, code, values = {}) => ({
      check,
      state,
      code,
      values,
      text: fill(line[code], values),
    }),
    text: (check, state, code, text, values = {}) => ({ check, state, code, values, text }),
  }
}

/** The report is `ok` unless a check failed. */
export function createReport(command: string, checks: readonly Check[]): Report {
  const has = (wanted: CheckState): boolean => checks.some(({ state }) => state === wanted)
  return { command, ok: !has('failed'), attention: has('attention'), checks }
}

/** The report as text for a terminal, with one line for each check. */
export function printReport(report: Report, language: Language): string {
  const { check: names, state: states, verdict } = wordsHere(language).commands
  const marks = { ok: '✓', warning: '!', attention: '!!', failed: '✗', skipped: '-' }
  const lines = report.checks.map(
    ({ check, state, text }) => `${marks[state]} ${names[check]} [${states[state]}] ${text}`,
  )
  const said = report.ok ? (report.attention ? 'attention' : 'ok') : 'failed'
  return `${[...lines, verdict[said]].join('\n')}\n`
}
