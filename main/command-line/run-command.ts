/*
 * command-line/ runs `hexiao-till provision | doctor | status` without a window and writes their reports. What is checked
 * and stored is done by credentials/ and keychain/; no Electron, whose facts are handed in (place.ts).
 */

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Result } from '../contract/result.ts'
import { fill } from '../contract/words/fill.ts'
import { wordsHere } from '../words-here.ts'
import type { Command, UsageFault } from './command.ts'
import { runDoctor } from './doctor.ts'
import type { CommandPlace } from './place.ts'
import { provisionFromFile } from './provision-command.ts'
import { exitCodes, printReport, type Report } from './report.ts'
import { runStatus } from './status.ts'

/** What the process ends with. */
interface CommandResult {
  readonly exitCode: number
  /** For standard output. */
  readonly text: string
}

/** Runs a command. Rejects when the file of `--output` cannot be written. */
export async function runCommand(
  command: Result<Command, UsageFault>,
  place: CommandPlace,
): Promise<CommandResult> {
  const { commands } = wordsHere(place.language)
  if (!command.ok) {
    const problem = fill(commands.usageProblem, { problem: command.error.problem })
    return { exitCode: exitCodes.usage, text: `${problem}\n${commands.usage}\n` }
  }
  const { json, output } = command.value
  const report = await run(command.value, place)
  const text = json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report, place.language)
  if (output !== null) writeFileSync(path.resolve(place.workingFolder, output), text)
  return { exitCode: report.ok ? exitCodes.ok : exitCodes.failed, text }
}

async function run(command: Command, place: CommandPlace): Promise<Report> {
  switch (command.name) {
    case 'provision':
      return provisionFromFile(command, place)
    case 'doctor':
      return runDoctor(place)
    default:
      return runStatus(place)
  }
}
