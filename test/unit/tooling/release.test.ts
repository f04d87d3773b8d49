import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readDescription } from '../../../build/release/description.ts'
import { buildTarget, reasonIn } from '../../../build/release/linux-targets.ts'
import { obstaclesTo } from '../../../build/release/obstacles.ts'
import { setStaging, signFeed, writeFeed } from '../../../build/release/feed.ts'
import { writeSums } from '../../../build/release/sums.ts'
import { updateConfig } from '../../../build/release/update-config.ts'
import { isSignedFeed } from '../../../main/updates/signed-feed.ts'
import { readUpdateFeed } from '../../../main/updates/update-feed.ts'

const Targets = z.array(z.object({ target: z.string() }))
const Packages = z.object({
  mac: z.object({ target: Targets }),
  win: z.object({ target: Targets }),
  linux: z.object({ target: z.array(z.string()) }),
  extraResources: z.array(z.object({ to: z.string() })),
})

const fit = {
  platform: 'linux',
  env: { HEXIAO_TILL_SIGNING_KEY: 'ABCD', HEXIAO_TILL_UPDATE_KEY: 'k' },
  electron: { version: '45.4.1', isForDevelopmentOnly: false },
  version: '1.2.0',
  maintainer: 'Somebody <somebody@example.org>',
  tags: ['v1.2.0'],
  isDirty: false,
} as const

describe('a release', () => {
  test('is published when it is signed, tagged, committed and of the Electron that ships', () => {
    expect(obstaclesTo(fit)).toEqual([])
    const env = { CSC_NAME: 'x', APPLE_KEYCHAIN_PROFILE: 'y', HEXIAO_TILL_UPDATE_KEY: 'k' }
    expect(obstaclesTo({ ...fit, platform: 'darwin', env })).toEqual([])
    const update = { HEXIAO_TILL_UPDATE_KEY: 'k', HEXIAO_TILL_PUBLISHER: 'p' }
    const windows = { WIN_CSC_LINK: 'a', WIN_CSC_KEY_PASSWORD: 'b', ...update }
    expect(obstaclesTo({ ...fit, platform: 'win32', env: windows })).toEqual([])
  })

  test.each([
    ['linux', {}, 'Set HEXIAO_TILL_SIGNING_KEY.'],
    ['linux', { HEXIAO_TILL_SIGNING_KEY: '' }, 'It would not be signed.'],
    ['win32', { WIN_CSC_LINK: 'x' }, 'WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD, or CSC_LINK and'],
    ['darwin', { CSC_NAME: 'x' }, 'It would not be notarised. Set APPLE_API_KEY and'],
    ['freebsd', {}, 'It would not be signed.'],
  ] as const)('on %s with %j is refused: %s', (platform, env, why) => {
    const update = { HEXIAO_TILL_UPDATE_KEY: 'k', HEXIAO_TILL_PUBLISHER: 'p' }
    const obstacles = obstaclesTo({ ...fit, platform, env: { ...env, ...update } })
    expect(obstacles[0]).toContain(why)
    const without = obstaclesTo({ ...fit, platform, env })
    expect(without.join()).toContain('Tills would not install it.')
  })

  test('is refused for every reason at once', () => {
    const electron = { version: '33.2.1', isForDevelopmentOnly: true }
    const { maintainer } = readDescription()
    const tags = ['v1.1.0']
    const obstacles = obstaclesTo({ ...fit, electron, maintainer, tags, isDirty: true, env: {} })
    expect(obstacles).toHaveLength(6)
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

test('sums and feed are what sha256sum and the till read', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-sums-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'a.deb')
  writeFileSync(file, 'abc')
  expect(readFileSync(writeSums([file], folder), 'utf8')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.deb\n',
  )
  const feed = await writeFeed('1.2.0', [file], folder)
  const text = (): string => readFileSync(feed, 'utf8')
  expect(readUpdateFeed(text())).toEqual({ version: '1.2.0', notes: '' })
  expect(parse(text())).toEqual({
    version: '1.2.0',
    files: [{ url: 'a.deb', size: 3, sha512: createHash('sha512').update('abc').digest('base64') }],
  })
  const keys = generateKeyPairSync('ed25519')
  const pem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const privatePem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const signature = (): string => readFileSync(signFeed(feed, privatePem), 'utf8')
  expect(isSignedFeed(text(), signature(), pem)).toBe(true)
  const before = signature()
  setStaging(feed, 10)
  expect(parse(text())).toMatchObject({ stagingPercentage: 10, version: '1.2.0' })
  // Whoever can write to the server cannot widen the roll-out.
  expect(isSignedFeed(text(), before, pem)).toBe(false)
  expect(isSignedFeed(text(), signature(), pem)).toBe(true)
})

describe('what tills are updated with', () => {
  test('is there on each platform', () => {
    const yml = readFileSync(
      path.join(import.meta.dirname, '../../../electron-builder.yml'),
      'utf8',
    )
    const { mac, win, linux, extraResources } = Packages.parse(parse(yml))
    // A Mac is updated from a zip alone, Windows from NSIS alone.
    expect(mac.target.map(({ target }) => target)).toContain('zip')
    expect(win.target.map(({ target }) => target)).toContain('nsis')
    expect(linux.target).toEqual(expect.arrayContaining(['AppImage', 'deb', 'rpm']))
    expect(extraResources.map(({ to }) => to)).toContain('app-update.yml')
  })

  test('names the publisher whose signature Windows has to find', () => {
    expect(parse(updateConfig({}))).not.toHaveProperty('publisherName')
    const config = parse(updateConfig({ HEXIAO_TILL_PUBLISHER: 'CN=Somebody' }))
    expect(config).toMatchObject({ publisherName: ['CN=Somebody'], provider: 'generic' })
  })
})
