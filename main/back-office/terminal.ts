import type { Language } from '../contract/language.ts'

/* How a program without a window speaks to the person at the terminal, and to systemd. */

export const exitCodes = { ok: 0, failed: 1, usage: 64 } as const

export function terminalLanguage(env: NodeJS.ProcessEnv): Language {
  return /^zh/i.test(env['LC_ALL'] ?? env['LANG'] ?? '') ? 'zh-CN' : 'en'
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Node and the program, as they were started. */
export function ownStart(): string[] {
  const [node = 'node', script = ''] = process.argv
  return [node, script]
}

/** Resolves when the system, or a person, asks the program to end. */
export function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.once(signal, () => resolve())
  })
}

/** `null`: none was typed. */
export function readPort(typed: string | undefined): number | null | 'wrong' {
  if (typed === undefined) return null
  const port = Number(typed)
  return Number.isInteger(port) && port >= 1 && port <= 65_534 ? port : 'wrong'
}
