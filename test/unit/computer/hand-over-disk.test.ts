import { mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { largestHandOverBytes } from '../../../main/contract/hand-over-requests.ts'
import { readHandOver, writeHandOver } from '../../../main/computer/hand-over-disk.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

let folder: string
beforeEach(() => {
  const temporary = temporaryFolder()
  folder = temporary.path
  return () => temporary.remove()
})

test('a hand-over file is read back as written, and nobody else may read it', async () => {
  const file = path.join(folder, 'open.hexiao')
  await writeHandOver(file, Uint8Array.of(1, 2, 3))
  const read = await readHandOver(file)
  expect(read.ok && [...read.value]).toEqual([1, 2, 3])
  // Windows has no such permission bits.
  const othersMay = process.platform === 'win32' ? 0 : statSync(file).mode & 0o077
  expect(othersMay).toBe(0)
  // Overwriting with less leaves nothing of the longer file.
  await writeHandOver(file, Uint8Array.of(9))
  expect(statSync(file).size).toBe(1)
})

test('reading and writing report failures as values and do not throw', async () => {
  expect(await readHandOver(path.join(folder, 'gone.hexiao'))).toEqual({
    ok: false,
    error: { code: 'not-read' },
  })
  const inner = path.join(folder, 'folder.hexiao')
  mkdirSync(inner)
  expect(await readHandOver(inner)).toEqual({ ok: false, error: { code: 'file-not-regular' } })
})

test('a file larger than any hand-over is rejected without being read', async () => {
  const file = path.join(folder, 'film.hexiao')
  writeFileSync(file, '')
  truncateSync(file, largestHandOverBytes + 1)
  expect(await readHandOver(file)).toEqual({ ok: false, error: { code: 'no-hand-over' } })
})
