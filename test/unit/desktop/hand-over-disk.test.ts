import { mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { largestHandOverBytes } from '../../../main/contract/hand-over-requests.ts'
import { readHandOver, writeHandOver } from '../../../main/desktop/hand-over-disk.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

let folder: string
beforeEach(() => {
  const temporary = temporaryFolder()
  folder = temporary.path
  return () => temporary.remove()
})

test('what was written is read back, and nobody else may read it', async () => {
  const file = path.join(folder, 'open.hexiao')
  await writeHandOver(file, Uint8Array.of(1, 2, 3))
  const read = await readHandOver(file)
  expect(read.ok && [...read.value]).toEqual([1, 2, 3])
  // Windows has no such bits.
  const othersMay = process.platform === 'win32' ? 0 : statSync(file).mode & 0o077
  expect(othersMay).toBe(0)
  // A shorter one leaves nothing of the longer one behind.
  await writeHandOver(file, Uint8Array.of(9))
  expect(statSync(file).size).toBe(1)
})

test('what cannot be read is said, and thrown nowhere', async () => {
  expect(await readHandOver(path.join(folder, 'gone.hexiao'))).toEqual({
    ok: false,
    error: { code: 'not-read' },
  })
  const inner = path.join(folder, 'folder.hexiao')
  mkdirSync(inner)
  expect(await readHandOver(inner)).toEqual({ ok: false, error: { code: 'not-read' } })
})

test('a file larger than any hand-over is none, and is not read', async () => {
  const file = path.join(folder, 'film.hexiao')
  writeFileSync(file, '')
  truncateSync(file, largestHandOverBytes + 1)
  expect(await readHandOver(file)).toEqual({ ok: false, error: { code: 'no-hand-over' } })
})
