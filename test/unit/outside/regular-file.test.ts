import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { isDeviceName, isNetworkPath } from '../../../main/outside/network-path.ts'
import { copyRegularFile, readRegularFile } from '../../../main/outside/regular-file.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

const max = 1000
let folder: string
beforeEach(() => {
  const temporary = temporaryFolder()
  folder = temporary.path
  return () => temporary.remove()
})

function refused(code: string) {
  return { ok: false, error: { code } }
}

test('a file is read as it is, up to the size that is allowed', async () => {
  const file = path.join(folder, 'key.pem')
  writeFileSync(file, 'k'.repeat(max))
  const read = await readRegularFile(file, max)
  expect(read.ok && Buffer.from(read.value).toString()).toBe('k'.repeat(max))
  expect(await readRegularFile(file, max - 1)).toEqual(refused('file-too-large'))
})

test('a disk image is told by its size, without being read', async () => {
  const file = path.join(folder, 'disk.img')
  writeFileSync(file, '')
  truncateSync(file, 2 ** 40)
  expect(await readRegularFile(file, max)).toEqual(refused('file-too-large'))
})

test('what is not there, or is a folder', async () => {
  mkdirSync(path.join(folder, 'inner'))
  expect(await readRegularFile(path.join(folder, 'inner'), max)).toEqual(
    refused('file-not-regular'),
  )
  expect(await readRegularFile(path.join(folder, 'gone'), max)).toEqual(refused('file-not-there'))
})

describe.skipIf(process.platform === 'win32')(
  'a special file is neither waited for nor read',
  () => {
    // Without the look at what it is, each of these hangs or fills the memory.
    test('a pipe', async () => {
      const pipe = path.join(folder, 'apiclient_key.pem')
      execFileSync('mkfifo', [pipe])
      expect(await readRegularFile(pipe, max)).toEqual(refused('file-not-regular'))
    })

    test.each(['/dev/zero', '/dev/tty', '/dev/null'])('%s', async (device) => {
      expect(await readRegularFile(device, max)).toEqual(refused('file-not-regular'))
    })

    test.runIf(process.platform === 'linux')(
      'a file without a size that goes on and on',
      async () => {
        // procfs says that its files have no bytes at all.
        expect(await readRegularFile('/proc/kallsyms', max)).toEqual(refused('file-too-large'))
      },
    )

    test.each(['/dev/zero', 'target'])('a link to %s', async (to) => {
      writeFileSync(path.join(folder, 'target'), 'here')
      const link = path.join(folder, 'link')
      symlinkSync(to, link)
      expect(await readRegularFile(link, max)).toEqual(refused('file-not-regular'))
    })
  },
)

test('a copy is for this account alone, and replaces what was there', async () => {
  const [file, copy] = [path.join(folder, 'a.db'), path.join(folder, 'b.db')]
  writeFileSync(file, 'short')
  writeFileSync(copy, 'something longer')
  expect(await copyRegularFile(file, copy, max)).toEqual({ ok: true, value: null })
  expect(readFileSync(copy, 'utf8')).toBe('short')
  const fresh = path.join(folder, 'c.db')
  await copyRegularFile(file, fresh, max)
  // Windows has no such bits.
  const othersMay = process.platform === 'win32' ? 0 : statSync(fresh).mode & 0o077
  expect(othersMay).toBe(0)
  expect(await copyRegularFile(file, fresh, 3)).toEqual(refused('file-too-large'))
})

describe('a path to another computer', () => {
  test.each([
    String.raw`\\server\share\cert.zip`,
    String.raw`\\?\UNC\server\share\cert.zip`,
    String.raw`\\.\pipe\key`,
  ])('%s is refused on every platform, before it is opened', async (file) => {
    expect(isNetworkPath(file)).toBe(true)
    expect(await readRegularFile(file, max)).toEqual(refused('file-on-network'))
  })

  test('slashes make one on Windows, and a long path of a drive does not', () => {
    expect(isNetworkPath('//server/share/cert.zip', 'win32')).toBe(true)
    expect(isNetworkPath(String.raw`/\server\share`, 'win32')).toBe(true)
    expect(isNetworkPath('//tmp/cert.zip', 'linux')).toBe(false)
    expect(isNetworkPath(String.raw`\\?\C:\long\cert.zip`, 'win32')).toBe(false)
    expect(isNetworkPath(String.raw`C:\Users\till\cert.zip`, 'win32')).toBe(false)
  })

  test('Windows has its devices in every folder', () => {
    for (const name of ['COM1', String.raw`C:\x\nul.pem`, 'lpt2.zip'])
      expect(isDeviceName(name, 'win32')).toBe(true)
    expect(isDeviceName('console.pem', 'win32')).toBe(false)
    expect(isDeviceName('COM1', 'linux')).toBe(false)
  })
})
