import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { channelNames } from '../../../main/contract/api.ts'
import { Preferences } from '../../../main/contract/preferences.ts'

const root = path.resolve(import.meta.dirname, '../../..')
/** Without the renderer, which calls functions; there the same text may be the key of some words. */
const sources = new Map(
  globSync(['{main,build}/**/*.{ts,mjs}', '*.config.ts'], { cwd: root }).map((file) => [
    file.replaceAll(path.sep, '/'),
    readFileSync(path.join(root, file), 'utf8'),
  ]),
)

function filesWith(pattern: RegExp): string[] {
  return [...sources].flatMap(([file, text]) => (pattern.test(text) ? [file] : [])).toSorted()
}

function filesNaming(channel: string): string[] {
  return filesWith(new RegExp(String.raw`(['"])${channel.replace('.', String.raw`\.`)}\1`))
}

// To add a call takes its entry in the list, its handler and its words. Any other file that must be changed holds a
// second list.
test.each(channelNames.requests)('%s is named by its list and its handler alone', (name) => {
  expect(filesNaming(name)).toEqual([
    expect.stringMatching(/^main\/contract\/[a-z-]+\.ts$/),
    expect.stringMatching(/^main\/ipc\/[a-z-]+-handlers\.ts$/),
  ])
})

test.each(channelNames.events)('%s is named by the list and by what sends it alone', (name) => {
  expect(filesNaming(name)).toEqual(['main/contract/api.ts', expect.stringMatching(/^main\//)])
})

// To add a preference takes its entry in the list, the screen where it is chosen, and its words in both languages.
test.each(Object.keys(Preferences.shape))('nothing that only carries %s names it', (name) => {
  const carries =
    /^main\/(preload\/|ipc\/|app\/ports|contract\/(api|app-requests|requests|snapshot|till-bridge)\.ts)/
  const asField = new RegExp(String.raw`(?<![\w'./-])${name}\??(?=\s*[,:}])`)
  expect(filesWith(asField)).toContain('main/contract/preferences.ts')
  expect(filesWith(asField).filter((file) => carries.test(file))).toEqual([])
})
