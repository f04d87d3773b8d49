/*
 * command-line/ runs `hexiao-till provision | doctor | status | diagnostics | reset-owner | attach-office` without a window and writes their reports. What is checked
 * and stored is done by credentials/ and keychain/; no Electron, whose facts are handed in (place.ts).
 */

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Result } from '../contract/result.ts'
import { fill } from '../contract/words/fill.ts'
import { wordsHere } from '../words-here.ts'
import { attachOffice } from './attach-office-command.ts'
import type { Command, UsageFault } from './command.ts'
import { collectDiagnostics } from '../diagnostics/collect.ts'
import { runDoctor } from './doctor.ts'
import type { CommandPlace } from './place.ts'
import { provisionFromFile } from './provision-command.ts'
import { exitCodes, printReport, type Report } from './report.ts'
import { resetOwnerByCode } from './reset-owner-command.ts'
import { runStatus } from './status.ts'

/** What the process ends with. */
interface CommandResult {
  readonly exitCode: number
  /** For standard output. */
  readonly text: string
  /** For standard error; empty where there is nothing. */
  readonly problem: string
}

/** Runs a command. Its report is returned even where the file of `--output` cannot be written. */
export async function runCommand(
  command: Result<Command, UsageFault>,
  place: CommandPlace,
): Promise<CommandResult> {
  const { commands } = wordsHere(place.language)
  if (!command.ok) {
    const { code, problem } = command.error
    if (code === 'help') return { exitCode: exitCodes.ok, text: `${commands.usage}\n`, problem: '' }
    if (code === 'version')
      return { exitCode: exitCodes.ok, text: `${place.version}\n`, problem: '' }
    const said = fill(code === 'missing' ? commands.usageMissing : commands.usageProblem, {
      problem,
    })
    return { exitCode: exitCodes.usage, text: `${said}\n${commands.usage}\n`, problem: '' }
  }
  const { json, output } = command.value
  if (command.value.name === 'diagnostics') return saveDiagnostics(output ?? '', place)
  const report = await run(command.value, place)
  const text = json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report, place.language)
  const isWritten = output === null || isWrittenTo(path.resolve(place.workingFolder, output), text)
  const problem = isWritten ? '' : `${fill(commands.outputNotWritten, { file: output })}\n`
  return { exitCode: report.ok && isWritten ? exitCodes.ok : exitCodes.failed, text, problem }
}

/** Writes the zip for support. Beside the log, it has what `status` says. */
function saveDiagnostics(output: string, place: CommandPlace): CommandResult {
  const { commands } = wordsHere(place.language)
  const file = path.resolve(place.workingFolder, output)
  const { checks, facts } = runStatus(place)
  const { hosts: _hosts, proxy, backup: _backup, ...rest } = facts
  const zip = collectDiagnostics({
    // The live till's folder lies in the user's (live-place.ts).
    userData: path.dirname(place.folder),
    facts: {
      ...rest,
      hasProxy: proxy !== undefined && proxy !== 'system' && proxy !== 'direct',
      checks: checks.map(({ check, state, code }) => ({ check, state, code })),
    },
    now: place.clock(),
  })
  if (isWrittenTo(file, zip))
    return {
      exitCode: exitCodes.ok,
      text: `${fill(commands.diagnosticsWritten, { file })}\n`,
      problem: '',
    }
  return {
    exitCode: exitCodes.failed,
    text: '',
    problem: `${fill(commands.outputNotWritten, { file: output })}\n`,
  }
}

function isWrittenTo(file: string, text: string | Uint8Array): boolean {
  try {
    writeFileSync(file, text)
    return true
  } catch {
    // A folder that is not there, or not ours to write.
    return false
  }
}

async function run(command: Command, place: CommandPlace): Promise<Report> {
  switch (command.name) {
    case 'provision':
      return provisionFromFile(command, place)
    case 'doctor':
      return runDoctor(place)
    case 'attach-office':
      return attachOffice(command, place)
    case 'reset-owner':
      return resetOwnerByCode(command, place)
    default:
      return runStatus(place)
  }
}
