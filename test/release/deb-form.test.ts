import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDescription } from '../../build/release/description.ts'

const [deb = ''] = (process.env['HEXIAO_TILL_DEBS'] ?? '').split(':')
const { id, name } = readDescription()
let folder = ''

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-deb-'))
  said('dpkg-deb', '--extract', deb, folder)
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

function said(command: string, ...args: readonly string[]): string {
  const { error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (error) throw error
  return stdout + stderr
}

test('the launcher is what the desktops’ specification asks for', () => {
  const file = path.join(folder, `usr/share/applications/${name}.desktop`)
  expect(said('desktop-file-validate', file)).toBe('')
  const entry = fs.readFileSync(file, 'utf8')
  expect(entry).toMatch(/^Name\[zh_CN\]=核销收银台$/m)
  // The sandbox is on.
  expect(entry).toMatch(/^Exec=hexiao-till$/m)
  const sizes = fs.readdirSync(path.join(folder, 'usr/share/icons/hicolor'))
  expect(sizes).toEqual(expect.arrayContaining(['16x16', '32x32', '48x48', '256x256', 'scalable']))
})

test('AppStream takes its description', () => {
  const file = path.join(folder, `usr/share/metainfo/${id}.metainfo.xml`)
  expect(said('appstreamcli', 'validate', '--no-net', '--no-color', file)).toContain(
    'Validation was successful',
  )
})

test('lintian finds no error', { timeout: 600_000 }, () => {
  // Its dpkg does not know the quick compression that the check's packages have.
  const suppressed = '--suppress-tags=malformed-deb-archive'
  const found = said('lintian', '--allow-root', suppressed, deb).split('\n')
  expect(found.filter((line) => line.startsWith('E:'))).toEqual([])
})
