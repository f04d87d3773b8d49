import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../../..')
const recipes = readFileSync(path.join(root, 'docs/recipes.md'), 'utf8').split(/^## /m).slice(1)

/** Returns the program's source files that contain a word. */
function filesWith(word: string): string[] {
  const found = execFileSync('git', ['grep', '-lw', word, '--', 'main', 'renderer'], {
    cwd: root,
    encoding: 'utf8',
  })
  return found.split('\n').filter((file) => /\.tsx?$/.test(file))
}

/** Returns the column of a field, which is what a migration calls it. */
function columnOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

describe.each(recipes)('the recipe: %s', (recipe) => {
  const [, word = ''] = /Example: `([^`]+)`/.exec(recipe) ?? []
  const linked = [...recipe.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, file = '']) => file)

  test('links to files that exist', () => {
    expect(linked.length).toBeGreaterThan(1)
    expect(linked.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
  })

  test('links to files that contain its example', () => {
    const without = linked.filter((file) => {
      const isForAnother = /\/(?:api|handlers)\.ts$/.test(file)
      const text = readFileSync(path.join(root, file), 'utf8')
      return !isForAnother && !text.includes(word) && !text.includes(columnOf(word))
    })
    expect(without).toEqual([])
  })
})

// These words hardly have another meaning: every file with one is a step of the recipe, or the recipe says what it is.
test.each(['setInFront', 'volumePercent', 'patienceSeconds', 'nothing-left-to-pay', 'expiresAt'])(
  'the recipe with the example %s names every file that contains it',
  (word) => {
    const recipe = recipes.find((text) => text.includes(`Example: \`${word}\``)) ?? ''
    expect(filesWith(word).filter((file) => !recipe.includes(file))).toEqual([])
  },
)

test('decisions are numbered without a gap, have one form, and their links work', () => {
  const folder = path.join(root, 'docs/decisions')
  const files = readdirSync(folder).toSorted()
  const faults = files.flatMap((file, index) => {
    const text = readFileSync(path.join(folder, file), 'utf8')
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => to)
    return [
      ...(Number(file.slice(0, 4)) === index + 1 ? [] : [`${file} is number ${index + 1}`]),
      ...(text.startsWith(`# ${index + 1}. `) ? [] : [`${file} has another title`]),
      ...['Context', 'Decision']
        .filter((part) => !text.includes(`**${part}.**`))
        .map((part) => `${file} has no ${part.toLowerCase()}`),
      ...links
        .filter((to) => !existsSync(path.join(folder, to)))
        .map((to) => `${file} leads to ${to}`),
    ]
  })
  expect(faults).toEqual([])
})
