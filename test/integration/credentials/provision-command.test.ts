import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readCommand } from '../../../main/command-line/command.ts'
import { noBackup } from '../../../main/contract/upkeep.ts'
import type { CommandPlace } from '../../../main/command-line/place.ts'
import { runCommand } from '../../../main/command-line/run-command.ts'
import { createMerchantMaterial } from '../../support/merchant-material.ts'
import { noShopDesk } from '../../support/no-shop-desk.ts'
import { dayMs, openSetupScene, type SetupScene } from '../../support/setup-scene.ts'

function placeOf({ place }: SetupScene): CommandPlace {
  return {
    ...place,
    databaseFile: path.join(place.folder, 'till.db'),
    language: 'en',
    resolveProxy: async () => 'DIRECT',
    userAgent: 'test',
    version: '1.2.3',
    backup: noBackup,
    workingFolder: place.folder,
    standardInput: async () => null,
    shopDesk: noShopDesk,
    tellWindow: null,
  }
}

async function run(scene: SetupScene, ...words: readonly string[]) {
  const command = readCommand(words)
  if (command === null) throw new Error('no command')
  return runCommand(command, placeOf(scene))
}

/** Writes `till.json` with these changes, and the files that it names. */
function write(scene: SetupScene, change: object = {}): void {
  const { download, form, material, publicKeyPem } = scene
  mkdirSync(path.join(scene.place.folder, 'from'), { recursive: true })
  download('from/cert.pem', material.certificatePem)
  download('from/key.pem', material.keyPem)
  download('from/pub_key.pem', publicKeyPem)
  const { merchantId, appid, hosts, publicKeyId: id } = form
  const settings = {
    merchantId,
    appid,
    tillId: 'T7',
    certificateFiles: ['cert.pem', 'key.pem'],
    publicKey: { id, file: 'pub_key.pem' },
    hosts,
    ...change,
  }
  download('from/till.json', JSON.stringify(settings))
}

const provision = ['provision', '--file', 'from/till.json'] as const

test('nothing that WeChat Pay says of an accepted signature is shown: it is an error about the question', async () => {
  const scene = await openSetupScene('public-key')
  write(scene)
  const { text } = await run(scene, ...provision)
  expect(text).toContain('✓ Signature')
  expect(text).not.toContain('RESOURCE_NOT_EXISTS')
})

test('ends with the doctor, and deletes the file with the key alone', async () => {
  const scene = await openSetupScene()
  write(scene)
  const done = await run(scene, ...provision, '--delete-sources')
  expect(done.text).toContain('Connected')
  expect(done.text).toMatch(/✓ The till's window \[ok\] not open/)
  expect(done.exitCode).toBe(0)
  expect(existsSync(path.join(scene.place.folder, 'from/key.pem'))).toBe(false)
  expect(existsSync(path.join(scene.place.folder, 'from/cert.pem'))).toBe(true)
})

test('a public key that was swapped is refused by a signed question, and nothing is stored', async () => {
  const scene = await openSetupScene()
  write(scene)
  const before = scene.place.profiles.get()
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  scene.download('from/pub_key.pem', publicKey.export({ type: 'spki', format: 'pem' }).toString())
  const done = await run(scene, ...provision)
  expect(done.text).toContain('Nothing was stored: Answer not verified')
  expect(done.exitCode).toBe(1)
  expect(scene.place.profiles.get()).toEqual(before)
})

test('a key that WeChat Pay does not take is said, and its file is kept', async () => {
  const scene = await openSetupScene()
  write(scene)
  const unknown = await createMerchantMaterial({ validUntil: scene.place.now + 90 * dayMs })
  scene.download('from/cert.pem', unknown.certificatePem)
  scene.download('from/key.pem', unknown.keyPem)
  const done = await run(scene, ...provision, '--delete-sources')
  expect(done.text).toContain('The key was not seen to work')
  expect(done.exitCode).toBe(1)
  expect(existsSync(path.join(scene.place.folder, 'from/key.pem'))).toBe(true)
  // As the next one it is not even stored.
  write(scene)
  await run(scene, ...provision)
  const before = scene.place.profiles.get()
  scene.download('from/cert.pem', unknown.certificatePem)
  scene.download('from/key.pem', unknown.keyPem)
  expect((await run(scene, ...provision, '--next')).text).toContain('Nothing was stored')
  expect(scene.place.profiles.get()).toEqual(before)
  await scene.enrol(unknown)
  expect((await run(scene, ...provision, '--next')).exitCode).toBe(0)
})

test('a field that does not fit is named with what is expected', async () => {
  const scene = await openSetupScene()
  write(scene, { tillId: 'far too long', hosts: ['http://example.com'], tillID: 'A' })
  const { text } = await run(scene, ...provision)
  expect(text).toContain('tillId: 1 to 8 letters and digits')
  expect(text).toContain('hosts.0: a list of 1 to 4 addresses')
  expect(text).toContain('tillID: there is no such field')
})

test('a report that cannot be written to its file is printed all the same', async () => {
  const scene = await openSetupScene()
  const done = await run(scene, 'status', '--json', '--output', 'nowhere/report.json')
  expect(JSON.parse(done.text)).toMatchObject({ command: 'status', ok: true })
  expect(done.problem).toContain('nowhere')
  expect(done.exitCode).toBe(1)
})

test('what is not understood ends with the usage and exit code 2, help with 0', async () => {
  const scene = await openSetupScene()
  expect(await run(scene, 'docter')).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('hexiao-till doctor'),
  })
  expect((await run(scene, 'provision')).text).toMatch(/^Missing: --file\n/)
  expect(await run(scene, '--version')).toEqual({ exitCode: 0, text: '1.2.3\n', problem: '' })
  expect(await run(scene, 'help')).toMatchObject({
    exitCode: 0,
    text: expect.stringContaining('hexiao-till doctor'),
  })
})
