import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { type KeychainSession, openKeychainSession } from '../support/keychain-session.ts'
import { createMerchantMaterial, type MerchantMaterial } from '../support/merchant-material.ts'
import { type CommandRun, runTillCommand } from '../support/run-till-command.ts'
import type { SpawnedStandIn } from '../support/spawn-stand-in.ts'
import { test as base } from '../support/stand-in-test.ts'
import { expect } from '../support/till-test.ts'

interface Fleet {
  readonly material: MerchantMaterial
  readonly standIn: SpawnedStandIn
  readonly session: KeychainSession
  readonly sources: string
  /** Makes another certificate known to the stand-in. */
  readonly enrol: (material: MerchantMaterial) => Promise<unknown>
  /** Writes a file that `till.json` names. */
  provide(name: string, content: string): void
  /** Writes `till.json` with these changes, and returns its path. */
  settings(change?: object): string
  run(words: readonly string[], stdin?: string): Promise<CommandRun>
}

const test = base.extend<{ fleet: Fleet }>({
  fleet: async ({ userDataFolder, standIn }, use) => {
    const [material, session] = await Promise.all([
      createMerchantMaterial(),
      openKeychainSession('unlocked'),
    ])
    const enrol = ({ certificatePem }: MerchantMaterial) =>
      standIn.control.enrol({ certificatePem })
    const enrolled = await enrol(material)
    const sources = path.join(userDataFolder, 'from-headquarters')
    mkdirSync(sources)
    const write = (name: string, content: string) =>
      writeFileSync(path.join(sources, name), content)
    write('apiclient_cert.pem', material.certificatePem)
    write('apiclient_key.pem', material.keyPem)
    write('pub_key.pem', enrolled.publicKeyPem)
    await use({
      material,
      standIn,
      session,
      sources,
      enrol,
      settings(change = {}) {
        const settings = {
          merchantId: enrolled.mchid,
          appid: enrolled.appid,
          tillId: 'A7',
          certificateFiles: ['apiclient_cert.pem', 'apiclient_key.pem'],
          publicKey: { id: enrolled.publicKeyId, file: 'pub_key.pem' },
          hosts: [enrolled.origin],
          ...change,
        }
        write('till.json', JSON.stringify(settings))
        return path.join(sources, 'till.json')
      },
      provide: write,
      run: (words, stdin = '') =>
        runTillCommand(words, { userDataFolder, env: session.env, stdin }),
    })
    await session.close()
  },
})

/**
 * Expects that no file of the app contains the key, as text or as bytes. Files sent by headquarters are not the app's.
 */
function expectNoKeyIn(folder: string, { keyPem }: MerchantMaterial): void {
  const inner = keyPem.split('\n')[5] ?? ''
  const bytes = Buffer.from(inner, 'base64').subarray(0, 40)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.endsWith('from-headquarters')) continue
    const content = readFileSync(path.join(entry.parentPath, entry.name))
    expect(content.includes(inner) || content.includes(bytes), entry.name).toBe(false)
  }
}

test('a till is provisioned, tested and described without a window', async ({
  fleet,
  userDataFolder,
}) => {
  const provisioned = await fleet.run(['provision', '--file', fleet.settings(), '--json'])
  expect(provisioned.of('settings')).toEqual(['ok provisioned'])
  expect(provisioned.of('sources')).toEqual(['warning sources-kept'])
  expect(provisioned.exitCode).toBe(0)
  expectNoKeyIn(userDataFolder, fleet.material)

  const doctor = await fleet.run(['doctor', '--json'])
  expect(
    doctor.report().checks.map(({ check, state, code }) => `${check} ${state} ${code}`),
  ).toEqual([
    'settings ok provisioned',
    'keychain ok keychain-works',
    'folder ok folder-private',
    // No till was opened yet.
    'records skipped records-not-there',
    'certificate ok certificate-good',
    'backup attention backup-none',
    'key ok key-there',
    'proxy ok proxy-way',
    'host ok host-reached',
    'signature ok passed',
    'clock ok clock-right',
  ])
  expect(doctor.exitCode).toBe(0)

  const status = await fleet.run(['status', '--json'])
  expect(status.report().facts).toMatchObject({ provisioned: true, mode: 'live', tillId: 'A7' })
  expect(status.of('backup')).toEqual(['attention backup-none'])
})

test('an open window becomes the till that a file describes, and is changed only by its owner', async ({
  fleet,
  launch,
}) => {
  const { page } = await launch({ env: fleet.session.env })
  fleet.provide('pin.txt', '2580')
  const staff = [{ name: '王芳', role: 'owner', pinFile: 'pin.txt' }]
  const wanted = { settings: { shopName: '人民路店' }, staff }
  const first = await fleet.run(['provision', '--file', fleet.settings({ shop: wanted }), '--json'])
  expect(first.of('window')).toEqual(['ok window-told'])
  expect(first.of('shop')).toEqual(['ok changed', 'warning shop-recovery-due'])
  // It was in training, and asks now who is there.
  await expect(page.getByText('王芳')).toBeVisible()
  const wrong = fleet.settings({ appid: 'wx0123456789abcdef', shop: wanted })
  expect((await fleet.run(['provision', '--file', wrong, '--json'])).of('settings')).toEqual([
    'failed owner-pin-needed',
  ])
  const renamed = fleet.settings({ shop: { settings: { shopName: '解放路店' } } })
  const pinFile = path.join(fleet.sources, 'pin.txt')
  const words = ['provision', '--file', renamed, '--owner-pin-file', pinFile, '--json']
  const again = await fleet.run(words)
  expect(again.of('merchant')).toEqual(['ok nothing-changed'])
  expect(again.of('shop')).toEqual([
    'ok changed',
    'ok shop-left-alone',
    'warning shop-recovery-due',
  ])
  await expect(page.getByText('王芳')).toBeVisible()
})

test('secrets are read from standard input too, and the source files are deleted when asked', async ({
  fleet,
}) => {
  const run = await fleet.run(
    [
      'provision',
      '--file',
      fleet.settings({ certificateFiles: ['apiclient_cert.pem', '-'] }),
      '--delete-sources',
      '--json',
    ],
    fleet.material.keyPem,
  )
  expect(run.of('signature')).toEqual(['ok passed'])
  // The key came from standard input, and the certificate is no secret.
  expect(run.of('sources')).toEqual([])
  expect(existsSync(path.join(fleet.sources, 'apiclient_cert.pem'))).toBe(true)
  // These settings do not name it, so that it is not deleted.
  expect(existsSync(path.join(fleet.sources, 'apiclient_key.pem'))).toBe(true)
  const settings = fleet.settings()
  const named = await fleet.run(['provision', '--file', settings, '--delete-sources', '--json'])
  expect(named.of('sources')).toEqual(['ok sources-deleted'])
  expect(existsSync(path.join(fleet.sources, 'apiclient_key.pem'))).toBe(false)
})

test('a secret in the settings file or on the command line is rejected', async ({ fleet }) => {
  const secret = '0123456789abcdef0123456789abcdef'
  const inFile = await fleet.run([
    'provision',
    '--file',
    fleet.settings({ apiV3Key: secret }),
    '--json',
  ])
  expect(inFile.of('settings')).toEqual(['failed settings-unreadable'])
  expect(inFile.stdout).not.toContain(secret)
  expect(inFile.exitCode).toBe(1)
  const onLine = await fleet.run(['provision', '--file', fleet.settings(), '--api-v3-key', secret])
  expect(onLine.exitCode).toBe(2)
})

test('a word that is no command opens no window', async ({ fleet }) => {
  const run = await fleet.run(['docter'])
  expect(run.exitCode).toBe(2)
  expect(run.stdout).toContain('hexiao-till doctor')
  const version = await fleet.run(['version'])
  expect([version.exitCode, version.stdout.trim()]).toEqual([0, expect.stringMatching(/^\d+\.\d+/)])
})

test('doctor tells which of its checks failed', async ({ fleet, userDataFolder }) => {
  const empty = await fleet.run(['doctor', '--json'])
  expect(empty.of('settings')).toEqual(['failed not-provisioned'])
  expect(empty.exitCode).toBe(1)

  await fleet.run(['provision', '--file', fleet.settings()])
  // A certificate that WeChat Pay does not know, and a file that others may read.
  const other = await createMerchantMaterial()
  writeFileSync(path.join(fleet.sources, 'apiclient_cert.pem'), other.certificatePem)
  writeFileSync(path.join(fleet.sources, 'apiclient_key.pem'), other.keyPem)
  await fleet.run(['provision', '--file', fleet.settings()])
  chmodSync(path.join(userDataFolder, 'live/profile.json'), 0o644)
  const doctor = await fleet.run(['doctor', '--json'])
  expect(doctor.of('signature')).toEqual(['failed serial-wrong'])
  expect(doctor.of('folder')).toEqual(['failed folder-open'])
  expect(doctor.exitCode).toBe(1)
  const forPeople = await fleet.run(['doctor'])
  expect(forPeople.stdout).toContain('商户证书序列号有误')
})

test('the next certificate is stored beside the one in use', async ({ fleet }) => {
  await fleet.run(['provision', '--file', fleet.settings()])
  const before = (await fleet.run(['status', '--json'])).report().facts?.['serial']
  const next = await createMerchantMaterial()
  await fleet.enrol(next)
  writeFileSync(path.join(fleet.sources, 'apiclient_cert.pem'), next.certificatePem)
  writeFileSync(path.join(fleet.sources, 'apiclient_key.pem'), next.keyPem)
  const staged = await fleet.run(['provision', '--file', fleet.settings(), '--next', '--json'])
  expect(staged.of('certificate')).toEqual(['ok certificate-good', 'ok next-staged'])
  const { serial, nextSerial } = (await fleet.run(['status', '--json'])).report().facts ?? {}
  expect(serial).toBe(before)
  expect(nextSerial).toMatch(/^4F/)
})

test('a locked keychain is told apart from a lost key, and no key is kept in a file', async ({
  fleet,
  userDataFolder,
}) => {
  await fleet.run(['provision', '--file', fleet.settings()])
  const profile = readFileSync(path.join(userDataFolder, 'live/profile.json'), 'utf8')
  fleet.session.lock()
  const doctor = await fleet.run(['doctor', '--json'])
  expect(doctor.of('keychain')).toEqual(['failed keychain-locked'])
  expect(doctor.report().checks.find(({ check }) => check === 'keychain')?.text).toMatch(
    /unlock|解锁/i,
  )
  const again = await fleet.run(['provision', '--file', fleet.settings(), '--json'])
  expect(again.of('keychain')).toEqual(['failed keychain-locked'])
  expect(again.exitCode).toBe(1)
  expect(readFileSync(path.join(userDataFolder, 'live/profile.json'), 'utf8')).toBe(profile)
})

test('without a keychain nothing is provisioned, and no key is written anywhere', async ({
  fleet,
  userDataFolder,
}) => {
  const session = await openKeychainSession('missing')
  const words = ['provision', '--file', fleet.settings(), '--json']
  const run = await runTillCommand(words, { userDataFolder, env: session.env })
  await session.close()
  expect(run.of('keychain')).toEqual(['failed keychain-unavailable'])
  expect(run.report().checks[0]?.text).toMatch(/gnome-keyring/)
  expect(existsSync(path.join(userDataFolder, 'live/profile.json'))).toBe(false)
  expectNoKeyIn(userDataFolder, fleet.material)
})

test('works without a display, and writes its report to a file', async ({
  fleet,
  userDataFolder,
}) => {
  await fleet.run(['provision', '--file', fleet.settings()])
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = fleet.session.env
  const output = path.join(userDataFolder, 'report.json')
  const run = await runTillCommand(['doctor', '--json', '--output', output], {
    userDataFolder,
    env,
  })
  expect(run.exitCode).toBe(0)
  expect(readFileSync(output, 'utf8')).toBe(run.stdout)
  expect(statSync(output).size).toBeGreaterThan(100)
})
