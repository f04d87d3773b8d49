import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../../../build/project.ts'

const longest = 300
const sources = ['main', 'renderer', 'build', 'test', 'clients'].flatMap((folder) =>
  fs
    .readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /\.(ts|tsx|mjs|css|html|sh|h)$/.test(name) && !/node_modules|generated\.ts$/.test(name),
    )
    .map((name) => path.join(folder, name)),
)

function read(file: string): string {
  return fs.readFileSync(path.join(projectRoot, file), 'utf8')
}

function linesWith(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      ),
  )
}

describe('sources', () => {
  test('are found', () => {
    expect(sources.length).toBeGreaterThan(100)
  })

  test(`no file is longer than ${longest} lines`, () => {
    const lengths = sources.map((file) => [file, read(file).split('\n').length - 1] as const)
    expect(lengths.filter(([, lines]) => lines > longest)).toEqual([])
  })

  test('no test is skipped, except where it names what the system lacks', () => {
    const silent = sources.flatMap((file) => {
      if (!file.startsWith('test')) return []
      const lines = read(file).split('\n')
      return lines.flatMap((line, index) => {
        if (!/\b(test|it|describe)(\.\w+)*\.(skip|fixme|only|todo|skipIf|runIf)\(/.test(line))
          return []
        const statement = lines.slice(index, index + 4).join(' ')
        return /process\.platform|not here/.test(statement) ? [] : [`${file}:${index + 1}`]
      })
    })
    expect(silent).toEqual([])
  })

  test('no lint or type rule is switched off without a reason in the same line or the one above', () => {
    const silent = sources.flatMap((file) => {
      const lines = read(file).split('\n')
      return lines.flatMap((line, index) => {
        if (!/(\/\/|\/\*|\*)\s*((ox|es)lint-disable|@ts-)/.test(line)) return []
        const isExplained = / -- \w+/.test(line) || /^\s*(\/\/|\*)/.test(lines[index - 1] ?? '')
        return isExplained ? [] : [`${file}:${index + 1}: ${line.trim()}`]
      })
    })
    expect(silent).toEqual([])
  })
})

describe('nothing that weakens Electron is in what ships', () => {
  const shipped = [
    ...sources.filter((file) => /^(main|renderer)/.test(file)),
    'electron-builder.yml',
  ]
  const forbidden = [
    'webSecurity',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'setCertificateVerifyProc',
    'no-sandbox',
    'webviewTag: true',
    'nodeIntegration: true',
    'contextIsolation: false',
    'sandbox: false',
  ]
  // Named there in order to be refused, except for root (test/unit/desktop/switches.test.ts).
  const refusedIn: Readonly<Record<string, string>> = { 'no-sandbox': 'main/desktop/switches.ts' }
  test.each(forbidden)('%s', (words) => {
    const files = shipped.filter((file) => file !== refusedIn[words])
    expect(linesWith(files, new RegExp(words))).toEqual([])
  })
})
