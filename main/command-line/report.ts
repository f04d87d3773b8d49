import type { Language } from '../contract/language.ts'
import type { Words } from '../contract/words/on-platform.ts'
import { wordsHere } from '../words-here.ts'

type Commands = Words['zh-CN']['commands']
export type LineCode = keyof Commands['line']
export type CheckName = keyof Commands['check']
export type CheckState = keyof Commands['state']

/** One thing looked at. In JSON as it stands; for a person in words by its code. */
export interface Check {
  readonly check: CheckName
  readonly state: CheckState
  /** Of `commands.json`, `setup.json` (a fault or a connection finding), or a keychain's state. */
  readonly code: string
  /** Fills the words; also whatever a script may want to know. Never a secret. */
  readonly values: Readonly<Record<string, string | number | null>>
  /** What to do about it, in words of the language asked for; empty when there is nothing to do. */
  readonly text: string
}

export interface Report {
  readonly command: string
  readonly ok: boolean
  readonly checks: readonly Check[]
  /** Facts besides the checks; `status` has them. */
  readonly facts?: Readonly<Record<string, unknown>>
}

export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const

/** Writes checks in one language. */
export interface CheckWriter {
  line(check: CheckName, state: CheckState, code: LineCode, values?: Check['values']): Check
  /** With words from elsewhere: a fault of set-up, a connection finding. */
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

export function createReport(command: string, checks: readonly Check[]): Report {
  return { command, ok: checks.every(({ state }) => state !== 'failed'), checks }
}

/** For a terminal: one line a check. */
export function printReport(report: Report, language: Language): string {
  const { check: names, state: states, verdict } = wordsHere(language).commands
  const marks = { ok: '✓', warning: '!', failed: '✗', skipped: '-' }
  const lines = report.checks.map(
    ({ check, state, text }) => `${marks[state]} ${names[check]} [${states[state]}] ${text}`,
  )
  return `${[...lines, report.ok ? verdict.ok : verdict.failed].join('\n')}\n`
}

export function fill(text: string, values: Check['values']): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name] ?? ''))
}
