import { parseArgs } from 'node:util'
import { err, ok, type Result } from '../contract/result.ts'

export const commandNames = ['provision', 'doctor', 'status'] as const
export type CommandName = (typeof commandNames)[number]

export interface Command {
  readonly name: CommandName
  readonly json: boolean
  /** A file that the report is written to as well, because a desktop program has no terminal on Windows. */
  readonly output: string | null
  /** For `provision`: the settings file; `-` for standard input. */
  readonly file: string | null
  /** For `provision`: the certificate is the one that follows the one in use. */
  readonly next: boolean
  /** For `provision`: the files that held secrets are deleted once the keychain has them. */
  readonly deleteSources: boolean
  /** For `provision` on a till with staff: a file with an owner's PIN; `-` for standard input. */
  readonly ownerPinFile: string | null
}

export interface UsageFault {
  /** `help`: nothing is wrong, the usage was asked for. */
  readonly code: 'bad-usage' | 'help'
  /** The option or command that is wrong. */
  readonly problem: string
}

const helpWords = ['help', '--help', '-h']
/** Neither a switch nor a path. */
const bareWord = /^\p{L}[\p{L}\p{N}_-]*$/u

/**
 * Reads a command line such as `hexiao-till doctor --json`: the first word that is a command, and the options after it.
 * Switches before it are for Chromium, and a path is the program's in development. `null` where there is neither a command
 * nor another word, so that the window opens. Fails on words that are no command, and on options that are unknown, missing
 * or of another command.
 */
export function readCommand(argv: readonly string[]): Result<Command, UsageFault> | null {
  if (argv.some((word) => helpWords.includes(word))) return err({ code: 'help', problem: '' })
  const at = argv.findIndex(isCommandName)
  const stray = (at === -1 ? argv : argv.slice(0, at)).find((word) => bareWord.test(word))
  if (stray !== undefined) return err({ code: 'bad-usage', problem: stray })
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
        'owner-pin-file': { type: 'string' },
      },
    })
    const { json, output, file, next } = values
    const { 'delete-sources': deleteSources, 'owner-pin-file': ownerPinFile } = values
    const isProvision = name === 'provision'
    if (isProvision && file === undefined) return err({ code: 'bad-usage', problem: '--file' })
    const isForProvision = file !== undefined || next || deleteSources || ownerPinFile !== undefined
    if (!isProvision && isForProvision) return err({ code: 'bad-usage', problem: name })
    return ok({
      name,
      json,
      output: output ?? null,
      file: file ?? null,
      next,
      deleteSources,
      ownerPinFile: ownerPinFile ?? null,
    })
  } catch (cause) {
    // The message names the option that is unknown. No option ever holds a secret.
    return err({ code: 'bad-usage', problem: cause instanceof Error ? cause.message : '' })
  }
}

export function isCommandName(word: string): word is CommandName {
  return commandNames.some((name) => name === word)
}
