import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mutations } from '../../simulation/mutations.ts'

test('each planted bug has one place in the code as it is now, and changes it', () => {
  const misfits = mutations.filter(({ file, find, replace }) => {
    const parts = readFileSync(file, 'utf8').split(find)
    return parts.length !== 2 || find === replace
  })
  // Whoever changes code that a bug is planted in moves the bug along: `npm run mutate`, which takes hours, would end at it.
  expect(misfits.map(({ name, file }) => `${name}: ${file}`)).toEqual([])
})

test('each planted bug has a name of its own, by which it is chosen', () => {
  const names = mutations.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
