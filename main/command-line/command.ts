import { parseArgs } from 'node:util'
import { err, ok, type Result } from '../contract/result.ts'

export const commandNames = [
  'provision',
  'doctor',
  'status',
  'diagnostics',
  'reset-owner',
  'attach-office',
] as const
export type CommandName = (typeof commandNames)[number]

export interface Command {
  readonly name: CommandName
  readonly json: boolean
  /** A file that the report is written to as well, because a desktop program has no terminal on Windows. */
  readonly output: string | null
  /** For `provision`: the settings file; for `attach-office`: the head office's; `-` for standard input. */
  readonly file: string | null
  /** For `provision`: the certificate is the one that follows the one in use. */
  readonly next: boolean
  /** For `provision`: the files that held secrets are deleted once the keychain has them. */
  readonly deleteSources: boolean
  /** For `provision`: nothing is stored; the report says what would change. */
  readonly dryRun: boolean
  /** For `provision`: the till's number, in place of the file's. */
  readonly tillId: string | null
  /** For `provision` and `attach-office` on a till with staff: a file with an owner's PIN; `-` for standard input. */
  readonly ownerPinFile: string | null
  /** For `reset-owner`: the owner's name. */
  readonly owner: string | null
  /** For `reset-owner`: a file with the recovery code; `-` for standard input. */
  readonly recoveryCodeFile: string | null
  /** For `reset-owner`: a file with the new PIN; `-` for standard input. */
  readonly pinFile: string | null
}

export interface UsageFault {
  /** `missing`: an option, or its value. `help` and `version`: nothing is wrong, this was asked for. */
  readonly code: 'bad-usage' | 'missing' | 'help' | 'version'
  /** The option or command that is wrong or missing. */
  readonly problem: string
}

const helpWords = ['help', '--help', '-h']
const options = {
  json: { type: 'boolean', default: false },
  output: { type: 'string' },
  file: { type: 'string' },
  next: { type: 'boolean', default: false },
  'delete-sources': { type: 'boolean', default: false },
  'owner-pin-file': { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'till-id': { type: 'string' },
  owner: { type: 'string' },
  'recovery-code-file': { type: 'string' },
  'pin-file': { type: 'string' },
} as const
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
  const asksVersion = argv.find((word) => bareWord.test(word)) === 'version'
  if (asksVersion || argv.includes('--version')) return err({ code: 'version', problem: '' })
  const at = argv.findIndex(isCommandName)
  const stray = (at === -1 ? argv : argv.slice(0, at)).find((word) => bareWord.test(word))
  if (stray !== undefined) return err({ code: 'bad-usage', problem: stray })
  const name = argv[at]
  if (name === undefined || !isCommandName(name)) return null
  try {
    const { values } = parseArgs({ args: argv.slice(at + 1), options })
    const { json, output, file, next } = values
    const { 'delete-sources': deleteSources, 'owner-pin-file': ownerPinFile } = values
    const { 'dry-run': dryRun, 'till-id': tillId } = values
    const isProvision = name === 'provision'
    const isAttach = name === 'attach-office'
    if ((isProvision || isAttach) && file === undefined)
      return err({ code: 'missing', problem: '--file' })
    // A zip is not for a terminal.
    if (name === 'diagnostics' && output === undefined)
      return err({ code: 'missing', problem: '--output' })
    const isForProvision =
      tillId !== undefined ||
      (!isAttach && [file, ownerPinFile].some((value) => value !== undefined)) ||
      next ||
      deleteSources ||
      dryRun
    if (!isProvision && isForProvision) return err({ code: 'bad-usage', problem: name })
    const { owner, 'recovery-code-file': recoveryCodeFile, 'pin-file': pinFile } = values
    const ofReset = {
      '--owner': owner,
      '--recovery-code-file': recoveryCodeFile,
      '--pin-file': pinFile,
    }
    for (const [option, value] of Object.entries(ofReset)) {
      if (name === 'reset-owner' && value === undefined)
        return err({ code: 'missing', problem: option })
      if (name !== 'reset-owner' && value !== undefined)
        return err({ code: 'bad-usage', problem: name })
    }
    return ok({
      name,
      json,
      output: output ?? null,
      file: file ?? null,
      next,
      deleteSources,
      ownerPinFile: ownerPinFile ?? null,
      dryRun,
      tillId: tillId ?? null,
      owner: owner ?? null,
      recoveryCodeFile: recoveryCodeFile ?? null,
      pinFile: pinFile ?? null,
    })
  } catch {
    // Its message is English. No option ever holds a secret.
    return err(whatIsWrong(argv.slice(at + 1)))
  }
}

/** The word for which `parseArgs` refuses a command line. */
function whatIsWrong(args: readonly string[]): UsageFault {
  const read = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const known = new Map<string, { readonly type: string }>(Object.entries(options))
  for (const token of read.tokens) {
    if (token.kind === 'positional') return { code: 'bad-usage', problem: token.value }
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const type = known.get(name)?.type
    if (type === undefined || (type === 'boolean' && value !== undefined))
      return { code: 'bad-usage', problem: rawName }
    const isOption = value?.startsWith('-') === true && value !== '-' && inlineValue !== true
    if (type === 'string' && (value === undefined || isOption))
      return { code: 'missing', problem: rawName }
  }
  return { code: 'bad-usage', problem: args.join(' ') }
}

export function isCommandName(word: string): word is CommandName {
  return commandNames.some((name) => name === word)
}
