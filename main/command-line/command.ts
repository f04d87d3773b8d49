import { parseArgs } from 'node:util'
import { err, ok, type Result } from '../contract/result.ts'

export const commandNames = ['provision', 'doctor', 'status'] as const
export type CommandName = (typeof commandNames)[number]

export interface Command {
  readonly name: CommandName
  readonly json: boolean
  /** Where the report goes besides the terminal; Windows gives a desktop program no terminal. */
  readonly output: string | null
  /** `provision`: the settings file, `-` for standard input. */
  readonly file: string | null
  /** `provision`: the certificate is the next one, beside the one in use. */
  readonly next: boolean
  /** `provision`: delete the files that held secrets, once the keychain has them. */
  readonly deleteSources: boolean
}

export interface UsageError {
  readonly usage: string
}

/**
 * `hexiao-till doctor --json`: the first word that is a command, and its options after it; what stands before it is
 * Chromium's. `null`: no command, so the window opens.
 */
export function readCommand(argv: readonly string[]): Result<Command, UsageError> | null {
  const at = argv.findIndex(isCommandName)
  const name = argv[at]
  if (name === undefined || !isCommandName(name)) return null
  try {
    const { values } = parseArgs({
      args: argv.slice(at + 1),
      options: {
        json: { type: 'boolean', default: false },
        output: { type: 'string' },
        file: { type: 'string' },
        next: { type: 'boolean', default: false },
        'delete-sources': { type: 'boolean', default: false },
      },
    })
    const { json, output, file, next, 'delete-sources': deleteSources } = values
    const isProvision = name === 'provision'
    if (isProvision && file === undefined) return err({ usage: '--file' })
    if (!isProvision && (file !== undefined || next || deleteSources)) return err({ usage: name })
    return ok({ name, json, output: output ?? null, file: file ?? null, next, deleteSources })
  } catch (cause) {
    // An option that is not known: the message names it, and options never carry secrets.
    return err({ usage: cause instanceof Error ? cause.message : '' })
  }
}

export function isCommandName(word: string): word is CommandName {
  return commandNames.some((name) => name === word)
}
