/*
 * diagnostics/ puts together what support needs to see of a till: one zip with what it is, how it is, and its log. It reads no
 * record, no setting of the shop and no key, so that there is nothing of a customer in it (docs/decisions/0054).
 */

import { strToU8, zipSync } from 'fflate/browser'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { redact } from '../computer/redact.ts'

type Facts = Readonly<Record<string, unknown>>

export interface DiagnosticsParts {
  /** The folder of records, preferences and logs. */
  readonly userData: string
  /** How the till is. Texts in it are redacted. */
  readonly facts: Facts
  /** Epoch milliseconds. */
  readonly now: number
}

const logNames = ['till.old.log', 'till.log']
const longestLog = 6 * 2 ** 20
const mostFiles = 200

/** Returns the zip. Throws when the logs cannot be read. */
export function collectDiagnostics({ userData, facts, now }: DiagnosticsParts): Uint8Array {
  const logs = path.join(userData, 'logs')
  const crashes = path.join(userData, 'crashes')
  const texts: Record<string, string> = {
    'till.json': json({ madeAt: new Date(now).toISOString(), ...facts }),
    'computer.json': json(computer()),
    'files.json': json(filesIn(userData)),
  }
  for (const name of logNames) {
    const text = textOf(path.join(logs, name))
    if (text !== null) texts[name] = text
  }
  if (existsSync(crashes))
    for (const name of readdirSync(crashes)) {
      const text = textOf(path.join(crashes, name))
      if (text !== null) texts[`crashes/${name}`] = text
    }
  const entries = Object.entries(texts).map(([name, text]) => [name, strToU8(text)] as const)
  return zipSync(Object.fromEntries(entries), { mtime: now })
}

function json(value: unknown): string {
  const safe = JSON.stringify(
    value,
    (_name, each: unknown) => (typeof each === 'string' ? redact(each) : each),
    2,
  )
  return `${safe}\n`
}

/** Redacted once more, line by line: a log of an earlier version was not redacted where it was written. */
function textOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() !== true || found.size > longestLog) return null
  return readFileSync(file, 'utf8').split('\n').map(redactLine).join('\n')
}

const keptNames = /"(?:at|requestId)":"[\w:.-]{1,128}"/g

/** Times and Request-IDs stay as they are. */
function redactLine(line: string): string {
  const kept = line.match(keptNames) ?? []
  return line
    .split(keptNames)
    .map((part, at) => redact(part) + (kept[at] ?? ''))
    .join('')
}

function computer(): Facts {
  return {
    system: `${os.type()} ${os.release()}`,
    arch: process.arch,
    node: process.versions.node,
    processors: os.cpus().length,
    memoryMb: Math.round(os.totalmem() / 2 ** 20),
    freeMb: Math.round(os.freemem() / 2 ** 20),
    upSeconds: Math.round(os.uptime()),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

/** Names and sizes of what lies in the till's folders, not what is in it. */
function filesIn(userData: string): readonly Facts[] {
  return ['.', 'live', 'training', 'logs', 'crashes', 'updates']
    .map((name) => path.join(userData, name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(folder, entry.name)),
    )
    .slice(0, mostFiles)
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false })
      return {
        file: path.relative(userData, file),
        bytes: found?.size ?? null,
        changedAt: found?.mtime.toISOString() ?? null,
      }
    })
}
