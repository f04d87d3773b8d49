import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  readProvisionFile,
  readSettingsFile,
  type StandardInput,
} from '../../../main/command-line/provision-file.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

let folder: string
beforeEach(() => {
  const temporary = temporaryFolder()
  folder = temporary.path
  return () => temporary.remove()
})

const nothing: StandardInput = () => Promise.resolve(new Uint8Array())
const endless: StandardInput = () => Promise.resolve(null)
const settings = {
  merchantId: '1900000109',
  appid: 'wxd678efh567hg6787',
  tillId: 'A7',
  certificateFiles: ['cert.pem'],
  apiV3KeyFile: 'api-v3-key.txt',
}

function read(change: Partial<typeof settings> = {}, standardInput = nothing) {
  const bytes = Buffer.from(JSON.stringify({ ...settings, ...change }))
  return readProvisionFile(bytes, { folder, standardInput })
}

function put(name: string, content: string | Uint8Array): string {
  writeFileSync(path.join(folder, name), content)
  return path.join(folder, name)
}

test('the settings and every file that they name', async () => {
  const file = put('till.json', JSON.stringify(settings))
  expect(await readSettingsFile('till.json', { folder, standardInput: nothing })).toMatchObject({
    ok: true,
    value: { folder: path.dirname(file) },
  })
  const certificatePaths = [put('cert.pem', 'certificate')]
  const secretFiles = [put('api-v3-key.txt', 'key')]
  expect(await read()).toMatchObject({ ok: true, value: { secretFiles, certificatePaths } })
})

test.each(['le', 'be'])('settings in UTF-16 (%s), as PowerShell writes them', async (order) => {
  put('cert.pem', 'certificate')
  put('api-v3-key.txt', 'key')
  const bytes = Buffer.from(`\uFEFF${JSON.stringify({ ...settings, tillId: 'B9' })}`, 'utf16le')
  const written = order === 'le' ? bytes : bytes.swap16()
  expect(await readProvisionFile(written, { folder, standardInput: nothing })).toMatchObject({
    ok: true,
    value: { provisioning: { tillId: 'B9' } },
  })
})

test('each field that does not fit is named, and no value', async () => {
  const wrong = { ...settings, tillId: 'SECRET-TOO-LONG', apiV3Key: 'SECRET', hosts: ['SECRET'] }
  const bytes = Buffer.from(JSON.stringify(wrong))
  const refused = await readProvisionFile(bytes, { folder, standardInput: nothing })
  expect(refused).toMatchObject({
    ok: false,
    error: {
      code: 'settings-unreadable',
      fields: [
        { path: 'tillId', isUnknown: false },
        { path: 'hosts.0', isUnknown: false },
        { path: 'apiV3Key', isUnknown: true },
      ],
    },
  })
  expect(JSON.stringify(refused)).not.toContain('SECRET')
})

describe('what is named and is no file of that kind is refused with its place', () => {
  beforeEach(() => {
    put('cert.pem', 'certificate')
    put('api-v3-key.txt', 'key')
  })

  test('too large', async () => {
    const detail = put('api-v3-key.txt', 'x'.repeat(30_000))
    expect(await read()).toEqual({ ok: false, error: { code: 'file-too-large', detail } })
  })

  test.runIf(process.platform === 'linux')('a pipe, a device, a link', async () => {
    const pipe = path.join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const detail of [pipe, '/dev/zero']) {
      const refused = { ok: false, error: { code: 'file-not-regular', detail } }
      expect(await read({ certificateFiles: [detail] })).toEqual(refused)
      expect(await readSettingsFile(detail, { folder, standardInput: nothing })).toEqual(refused)
    }
  })

  test('not there', async () => {
    const detail = path.join(folder, 'gone')
    expect(await read({ certificateFiles: ['gone'] })).toEqual({
      ok: false,
      error: { code: 'file-not-there', detail },
    })
  })

  test('standard input that never ends', async () => {
    expect(await read({ certificateFiles: ['-'] }, endless)).toEqual({
      ok: false,
      error: { code: 'file-too-large', detail: '-' },
    })
  })
})
