// npm run pos-command: compiles `hexiao-till pos` from native/pos-command into out/pos/ (docs/decisions/0056-a-command-for-a-pos.md).
import fs from 'node:fs'
import path from 'node:path'
import { runOrThrow } from './command.ts'
import { projectRoot, runTask, TaskError } from './project.ts'

const sources = path.join(projectRoot, 'native/pos-command')
const isWindows = process.platform === 'win32'
export const posCommandName = isWindows ? 'hexiao-till-pos.exe' : 'hexiao-till-pos'

/** The HTTP status that its problem documents have, as those of the till. */
const statuses = {
  'no-till': 503,
  'no-reply': 503,
  usage: 400,
  'not-paired': 401,
  'token-file': 500,
  'not-utf8': 400,
} as const

const problems = Object.keys(statuses).filter(isProblem)

/** Compiles it for this computer's platform into `folder`. Returns its file. */
export async function compilePosCommand(folder: string): Promise<string> {
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'words.h'), wordsHeader())
  const file = path.join(folder, posCommandName)
  const of = fs.readdirSync(sources).filter((name) => name.endsWith('.c'))
  const all = [...flags(), `-I${folder}`, ...of.map((name) => path.join(sources, name))]
  await runOrThrow(compiler(), [...all, '-o', file, ...libraries()])
  return file
}

function compiler(): string {
  return process.env['CC'] ?? (isWindows ? 'gcc' : 'cc')
}

function flags(): string[] {
  const usual = ['-std=c11', '-O2', '-Wall', '-Wextra', '-fstack-protector-strong']
  if (isWindows) return [...usual, '-s', '-static']
  // One file for both kinds of Mac.
  if (process.platform === 'darwin') return [...usual, '-arch', 'x86_64', '-arch', 'arm64']
  const hardened = ['-D_FORTIFY_SOURCE=2', '-fPIE', '-pie', '-Wl,-z,relro,-z,now']
  return [...usual, '-s', '-Werror', ...hardened]
}

function libraries(): string[] {
  return isWindows ? ['-lws2_32', '-lshell32'] : []
}

/** The words of both languages, as C. */
function wordsHeader(): string {
  const fields = problems.map((code) => `  const char *${fieldOf(code)};`)
  return [
    '/* Written by build/pos-command.ts from main/contract/words. */',
    'struct words {',
    ...fields,
    '};',
    tableOf('chinese', 'zh-CN'),
    tableOf('english', 'en'),
    '',
  ].join('\n')
}

interface PosWords {
  readonly commandProblem: Readonly<
    Record<keyof typeof statuses, { readonly title: string; readonly advice: string }>
  >
}

function tableOf(name: string, language: 'zh-CN' | 'en'): string {
  const file = path.join(projectRoot, 'main/contract/words', language, 'pos.json')
  const { commandProblem }: PosWords = JSON.parse(fs.readFileSync(file, 'utf8'))
  const texts = problems.map((code) => {
    const { title, advice } = commandProblem[code]
    const type = `urn:hexiao-till:problem:${code}`
    const document = { type, title, status: statuses[code], detail: advice, code }
    // A JSON string is one of C, but for \u, which is in none.
    return `  .${fieldOf(code)} = ${JSON.stringify(JSON.stringify(document))},`
  })
  return `static const struct words ${name} = {\n${texts.join('\n')}\n};`
}

function fieldOf(code: string): string {
  return code.replaceAll('-', '_')
}

function isProblem(code: string): code is keyof typeof statuses {
  return code in statuses
}

if (import.meta.main)
  await runTask(async () => {
    console.log(await compilePosCommand(path.join(projectRoot, 'out/pos')).catch(noCompiler))
    return 0
  })

function noCompiler(cause: unknown): never {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
    throw new TaskError(`There is no C compiler (${compiler()}). Install one, or name it in CC.`)
  throw cause
}
