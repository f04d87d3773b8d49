import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createProvisionedTill } from '../../../main/app/live/provisioned-till.ts'
import { createProvisioning } from '../../../main/app/provisioning.ts'
import { initialPreferences } from '../../../main/contract/preferences.ts'
import {
  carry,
  openComputer,
  openTill,
  password,
  pins,
  shop,
  shopOf,
  textIn,
} from '../../support/provisioned-computer.ts'
import { openSetupScene } from '../../support/setup-scene.ts'

// Each PIN and each backup password takes some tenths of a second.
vi.setConfig({ testTimeout: 60_000 })

test('one file makes whole tills of three computers, and changes nothing when it is run again', async () => {
  const scene = await openSetupScene('public-key')
  const folder = carry(scene)
  for (const tillId of ['A1', 'A2', 'A3']) {
    const computer = openComputer()
    const first = await computer.run(folder, '--till-id', tillId)
    expect(first.text).toContain('✓ Shop [ok] changed: ')
    expect(first.text).toContain('! Shop [note] the owner')
    expect(first.exitCode).toBe(0)
    expect(await shopOf(computer)).toMatchObject({
      settings: {
        shopName: '人民路店',
        // What the file does not name is as on every new till.
        offline: { mode: 'honour', limits: { open: 20, singleFen: 30_00 } },
        pos: { isOn: true, port: 9740 },
      },
      staff: ['王芳 owner', '小陈 cashier'],
      ownersPinFits: true,
      isRecoveryDue: true,
      identity: { tillId },
      isIntact: 'intact',
      acts: ['staff', 'staff', 'backup', 'backup', 'updates', 'preferences', 'settings'].map(
        (part) => expect.stringMatching(new RegExp(`"hexiao-till provision".*"provision.${part}"`)),
      ),
    })
    expect(computer.preferences.get()).toMatchObject({
      language: 'en',
      paperSize: '80mm',
      updates: { address: 'https://it.example.com/till' },
      backup: { folder: path.join(folder, 'backups'), fault: null, hasPassword: true },
    })
    // Nobody changes a till with an owner without them.
    expect((await computer.run(folder, '--till-id', tillId)).text).toContain('--owner-pin-file')
    const again = await computer.run(folder, '--till-id', tillId, '--owner-pin-file', 'wang.txt')
    expect(again.text).toMatch(/✓ Merchant \[ok\] already so: 9 /)
    expect(again.text).toMatch(/✓ Shop \[ok\] already so: 14 /)
    const written = textIn(computer.place.folder) + first.text + again.text
    for (const secret of [...Object.values(pins), password]) expect(written).not.toContain(secret)
  }
  expect(readdirSync(path.join(folder, 'backups')).toSorted()).toEqual([
    expect.stringMatching(/^hexiao-till-A1-.*\.hxbackup$/),
    expect.stringMatching(/^hexiao-till-A2-.*\.hxbackup$/),
    expect.stringMatching(/^hexiao-till-A3-.*\.hxbackup$/),
  ])
})

test('run again with another wish, it changes that alone and says what it left', async () => {
  const scene = await openSetupScene('public-key')
  const computer = openComputer()
  await computer.run(carry(scene), '--till-id', 'A1')
  const { shopName } = shop.settings
  const settings = { shopName, offline: { limits: { open: 5 } } }
  const staff = [{ name: '王芳', role: 'owner', pinFile: 'chen.txt' }]
  const folder = carry(scene, { shop: { settings, staff } })
  const words = ['--till-id', 'A1', '--owner-pin-file', 'wang.txt']
  const dry = await computer.run(folder, ...words, '--dry-run')
  expect(dry.text).toContain('would change: shop.settings.offline.limits.open 20 → 5 (')
  expect((await shopOf(computer)).settings.offline.limits.open).toBe(20)
  // A backup that is due is not begun by a command that closes the till again.
  const { backup } = computer.preferences.get()
  computer.preferences.set({ backup: { ...backup, lastAt: 0 } })
  const done = await computer.run(folder, ...words)
  expect(computer.preferences.get().backup).toMatchObject({ lastAt: 0, fault: null })
  expect(done.text).toContain('changed: shop.settings.offline.limits.open 20 → 5 (as before: 2)')
  expect(done.text).toContain('left as they are: 小陈')
  // A PIN in a file is a first one: the owner's own stays.
  expect(await shopOf(computer)).toMatchObject({
    settings: { offline: { mode: 'honour', limits: { open: 5, singleFen: 30_00 } } },
    ownersPinFits: true,
    acts: expect.arrayContaining([expect.stringContaining('hexiao-till provision / 王芳')]),
  })
})

test('what does not fit is named, and nothing at all is stored', async () => {
  const scene = await openSetupScene('public-key')
  const cases: readonly [object, RegExp][] = [
    [{ chain: {} }, /shop\.chain: there is no such field/],
    [{ settings: { patienceSeconds: 99 } }, /shop\.settings\.patienceSeconds: 1 to 20/],
    [
      { settings: { offline: { limits: { openFen: 1.5 } } } },
      /offline\.limits\.openFen: open 0 to/,
    ],
    [{ settings: { offlne: {} } }, /shop\.settings\.offlne: there is no such field/],
    [
      { staff: [{ name: '王芳', role: 'owner', pin: '2580' }] },
      /shop\.staff\.0\.pin: there is no such/,
    ],
    [
      { staff: [{ name: '小陈', role: 'boss' }] },
      /shop\.staff\.0\.role: cashier, supervisor or owner/,
    ],
    [
      { staff: [{ name: '小陈', role: 'cashier', pinFile: 'chen.txt' }] },
      /nobody would be an owner/,
    ],
    [{ staff: [{ name: '王芳', role: 'owner' }] }, /王芳 is new here and needs a pinFile/],
    [{ staff: [{ name: '王芳', role: 'owner', pinFile: 'key.pem' }] }, /key\.pem holds no PIN/],
    [{ staff: [...shop.staff, ...shop.staff] }, /is in the staff twice/],
    [{ backup: { folder: 'nowhere' } }, /the backup folder is not there: .*nowhere/],
    [{ backup: { passwordFile: 'chen.txt' } }, /the backup password is too easy/],
  ]
  const computer = openComputer()
  for (const [wrong, said] of cases) {
    const done = await computer.run(carry(scene, { shop: wrong }), '--till-id', 'A1')
    expect(done.text).toMatch(said)
    expect(done.text).not.toContain('2580')
    expect(done.exitCode).toBe(1)
    expect(computer.place.profiles.get()).toBeNull()
    expect(existsSync(computer.place.databaseFile)).toBe(false)
  }
})

test('a till whose window is open carries the order out itself, and opens anew for another number', async () => {
  const scene = await openSetupScene('public-key')
  const computer = openComputer()
  const { place, preferences } = computer
  await computer.run(carry(scene, { shop: undefined }), '--till-id', 'A1')
  let open = await openTill(computer)
  let openedUnder = place.profiles.get()
  let times = 0
  const reopen = async (): Promise<void> => {
    times += 1
    await open.close()
    open = await openTill(computer)
    openedUnder = place.profiles.get()
  }
  onTestFinished(() => open.close())
  const takeUp = createProvisioning({
    till: () => open,
    obstacle: () => null,
    provisioned: createProvisionedTill({ place, isBound: false, openedUnder: () => openedUnder }),
    preferences,
    backups: { setFolder: unexpected, make: unexpected },
    updates: { setAddress: unexpected, setAutomatic: unexpected },
    prefer: (change) => preferences.set(change),
    async saveSettings(settings) {
      open.shop.saveSettings(settings)
      await reopen()
    },
    reopen,
  })
  computer.tell(() => void takeUp())
  const { settings, staff, preferences: chosen } = shop
  const wanted = { settings, staff, preferences: { ...chosen, theme: initialPreferences.theme } }
  const done = await computer.run(carry(scene, { shop: wanted }), '--till-id', 'A2')
  expect(done.text).toContain('✓ Shop [ok] changed: shop.settings.shopName')
  expect(done.text).toContain("The till's window [ok] it is open, was told")
  expect(times).toBe(2)
  expect(open.identity.tillId).toBe('A2')
  expect(open.shop.settings().shopName).toBe('人民路店')
  expect(open.shop.session.view().staff).toHaveLength(2)
  expect(preferences.get().language).toBe('en')
  expect(readdirSync(place.folder).filter((name) => name.startsWith('shop-'))).toEqual([])
})

function unexpected(): never {
  throw new Error('unexpected')
}
