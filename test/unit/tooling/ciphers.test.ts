import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../../..')
const calls = globSync('main/**/*.ts', { cwd: root }).flatMap((file) => {
  const text = readFileSync(path.join(root, file), 'utf8')
  return [...text.matchAll(/\bcreate(?:Dec|C)ipheriv\((?:[^()]|\([^()]*\))*\)/g)].map(([call]) => ({
    file,
    call,
    text,
  }))
})

test('whatever is sealed or opened has a tag of 16 bytes: a shorter one can be guessed', () => {
  expect(calls.length).toBeGreaterThanOrEqual(8)
  const named = /, tag\)$|authTagLength: (?:16|tagLength|tagBytes),?\s*\}\)$/
  const others = /authTagLength: (?!16\b|tagLength\b|tagBytes\b)|tag(?:Length|Bytes) = (?!16\b)/
  const short = calls.filter(({ call, text }) => !named.test(call) || others.test(text))
  expect(short.map(({ file, call }) => ({ file, call }))).toEqual([])
})
