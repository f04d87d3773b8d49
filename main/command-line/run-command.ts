import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Result } from '../contract/result.ts'
import { wordsHere } from '../words-here.ts'
import type { Command, UsageError } from './command.ts'
import { doctor } from './doctor.ts'
import type { CommandPlace } from './place.ts'
import { provisionFromFile } from './provision-command.ts'
import { exitCodes, fill, printReport, type Report } from './report.ts'
import { status } from './status.ts'

interface Finished {
  readonly exitCode: number
  /** For standard output. */
  readonly text: string
}

/** Runs one command to its end. */
export async function runCommand(
  command: Result<Command, UsageError>,
  place: CommandPlace,
): Promise<Finished> {
  const { commands } = wordsHere(place.language)
  if (!command.ok) {
    const problem = fill(commands.usageProblem, { problem: command.error.usage })
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
      return doctor(place)
    default:
      return status(place)
  }
}
