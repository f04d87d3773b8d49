import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readDescription } from '../../../build/release/description.ts'
import { buildTarget, reasonIn } from '../../../build/release/linux-targets.ts'
import { obstaclesTo } from '../../../build/release/obstacles.ts'
import { writeFeed, writeSums } from '../../../build/release/sums.ts'
import { readUpdateFeed } from '../../../main/updates/update-feed.ts'

const fit = {
  platform: 'linux',
  env: { HEXIAO_TILL_SIGNING_KEY: 'ABCD' },
  electron: { version: '45.4.1', isForDevelopmentOnly: false },
  version: '1.2.0',
  maintainer: 'Somebody <somebody@example.org>',
  tags: ['v1.2.0'],
  isDirty: false,
} as const

describe('a release', () => {
  test('is published when it is signed, tagged, committed and of the Electron that ships', () => {
    expect(obstaclesTo(fit)).toEqual([])
    const env = { CSC_NAME: 'x', APPLE_KEYCHAIN_PROFILE: 'y' }
    expect(obstaclesTo({ ...fit, platform: 'darwin', env })).toEqual([])
    const windows = { WIN_CSC_LINK: 'a', WIN_CSC_KEY_PASSWORD: 'b' }
    expect(obstaclesTo({ ...fit, platform: 'win32', env: windows })).toEqual([])
  })

  test.each([
    ['linux', {}, 'Set HEXIAO_TILL_SIGNING_KEY.'],
    ['linux', { HEXIAO_TILL_SIGNING_KEY: '' }, 'It would not be signed.'],
    ['win32', { WIN_CSC_LINK: 'x' }, 'WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD, or CSC_LINK and'],
    ['darwin', { CSC_NAME: 'x' }, 'It would not be notarised. Set APPLE_API_KEY and'],
    ['freebsd', {}, 'It would not be signed.'],
  ] as const)('on %s with %j is refused: %s', (platform, env, why) => {
    const obstacles = obstaclesTo({ ...fit, platform, env })
    expect(obstacles).toHaveLength(1)
    expect(obstacles[0]).toContain(why)
  })

  test('is refused for every reason at once', () => {
    const electron = { version: '33.2.1', isForDevelopmentOnly: true }
    const { maintainer } = readDescription()
    const tags = ['v1.1.0']
    const obstacles = obstaclesTo({ ...fit, electron, maintainer, tags, isDirty: true, env: {} })
    expect(obstacles).toHaveLength(5)
  })
})

describe('what packages say', () => {
  const description = readDescription('9.9.9')

  test('comes from electron-builder.yml and package.json', () => {
    expect(description).toMatchObject({
      name: 'hexiao-till',
      productName: 'Hexiao Till',
      version: '9.9.9',
      licence: 'MIT',
      category: 'Office',
      targets: ['AppImage', 'deb', 'rpm', 'zip'],
    })
    expect(description.desktopEntry['Name[zh_CN]']).toBe('核销收银台')
    expect(Object.keys(description.icons)).toEqual(
      expect.arrayContaining(['16x16', '48x48', '256x256', 'scalable']),
    )
    expect(Object.keys(description.icons)).not.toContain('1024x1024')
  })

  test('the manual page is the program’s', () => {
    const page = readFileSync(
      path.join(import.meta.dirname, `../../../build/release/linux/${description.name}.1`),
      'utf8',
    )
    for (const command of ['provision', 'doctor', 'status']) expect(page).toContain(command)
  })
})

test('what failed is told in electron-builder’s words', () => {
  const message = `node failed (1):
  • building        target=AppImage arch=x64
  ⨯ failed to build AppImage  error=getaddrinfo ENOTFOUND example.org
    at ClientRequest`
  expect(reasonIn(message)).toBe('getaddrinfo ENOTFOUND example.org')
  expect(reasonIn('gone\nfor good\nat line 1')).toBe('gone for good')
})

test('a kind whose program is missing is not built, and the program is named', async () => {
  const before = process.env['PATH']
  onTestFinished(() => void (process.env['PATH'] = before))
  process.env['PATH'] = ''
  const of = { description: readDescription(), app: '/none', to: '/none', at: 0 }
  const why = "rpmbuild is not here (Debian's package rpm)"
  expect(await buildTarget('rpm', of)).toEqual({ target: 'rpm', why })
})

test('sums and feed are what sha256sum and the till read', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-sums-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'a.deb')
  writeFileSync(file, 'abc')
  expect(readFileSync(writeSums([file], folder), 'utf8')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.deb\n',
  )
  const feed = readFileSync(writeFeed('1.2.0', [file], folder), 'utf8')
  expect(readUpdateFeed(feed)).toEqual({ version: '1.2.0', notes: '' })
})
