import fs from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CashierDesktop, desktopPackages } from '../support/cashier-desktop.ts'
import { type SpawnedStandIn, spawnStandIn } from '../support/spawn-stand-in.ts'
import { makeThrowAwayRoot, type ThrowAwayRoot } from '../support/throw-away-root.ts'

// `npm run release:check` builds the two packages, of this version and of the next.
const [older = '', newer = ''] = (process.env['HEXIAO_TILL_DEBS'] ?? '').split(':')
const apt = ['apt-get', '--yes', '--quiet=2', '--no-install-recommends']

let root: ThrowAwayRoot
let desktop: CashierDesktop
let standIn: SpawnedStandIn

beforeAll(async () => {
  root = await makeThrowAwayRoot()
  desktop = new CashierDesktop(root)
  standIn = await spawnStandIn()
}, 600_000)

afterAll(async () => {
  await standIn.stop()
  await root.dispose()
})

const chinese = { LANG: 'zh_CN.UTF-8' }

/** Runs a command as root. Throws with what it said unless it succeeds. */
async function succeed(command: readonly string[]): Promise<string> {
  const { code, said } = await root.run(command)
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${said}`)
  return said
}

async function sh(script: string): Promise<string> {
  return (await root.run(['sh', '-c', script])).said
}

function installedVersion(): Promise<string> {
  return sh("dpkg-query -W -f '${Version} ${db:Status-Status}' hexiao-till")
}

/** Codes of coupons that are good. */
async function goodCodes(): Promise<string[]> {
  const samples = await standIn.control.renewSamples({})
  return samples.filter(({ kind }) => kind === 'valid').map(({ code }) => code)
}

async function uses(code: string): Promise<number> {
  const { effects } = await standIn.control.ledger({})
  return effects.filter((effect) => effect.kind === 'use' && effect.code === code).length
}

const start = () => desktop.start(`--training-gateway=${standIn.controlOrigin}`)

describe('the deb, from a fresh Debian to its removal', { timeout: 600_000 }, () => {
  test('is refused to who is no administrator, and nothing is changed', async () => {
    await desktop.prepare()
    const deb = root.bring(older)
    const { code, said } = await root.run([...apt, 'install', deb], { as: 'cashier' })
    expect(code).not.toBe(0)
    expect(said).toContain('are you root?')
    expect(fs.existsSync(`${root.folder}/usr/lib/hexiao-till`)).toBe(false)
  })

  test('brings every library that it needs by itself', async () => {
    await succeed([...apt, 'install', root.bring(older)])
    const binaries =
      "$(find /usr/lib/hexiao-till -name '*.node') /usr/lib/hexiao-till/hexiao-till /usr/lib/hexiao-till/resources/hexiao-till-pos"
    expect(await sh(`ldd ${binaries} | grep 'not found'`)).toBe('')
    expect(await sh('dpkg-query -W libusb-1.0-0')).toContain('libusb-1.0-0')
    expect(await sh("stat --format '%a %U' /usr/lib/hexiao-till/chrome-sandbox")).toBe(
      '4755 root\n',
    )
    expect(await sh("dpkg-query -W -f '${Conffiles}' hexiao-till")).toBe('')
    // Nobody else may write what root's or another's till would run.
    expect(await sh('find /usr/lib/hexiao-till -perm /022 -not -type l')).toBe('')
  })

  test('answers a POS from a console, without a desktop and without Electron', async () => {
    const asked = ['hexiao-till', 'pos', 'status', '--language', 'en']
    const { code, said } = await root.run(asked, { as: 'cashier' })
    expect(code).toBe(4)
    expect(JSON.parse(said)).toMatchObject({ exitCode: 4, problem: { code: 'not-paired' } })
  })

  test('is started by an ordinary user with the sandbox, and redeems', async () => {
    await succeed([...apt, 'install', ...desktopPackages])
    await start()
    const pages = await desktop.pages()
    expect(pages.length).toBeGreaterThan(0)
    // 2: its system calls are filtered. Deeper than the till itself: it sees no other process.
    expect(pages.filter(({ seccomp, depth }) => seccomp !== '2' || depth < 2)).toEqual([])
    const [coupon = ''] = await goodCodes()
    await desktop.scan(coupon)
    await expect.poll(() => uses(coupon), { timeout: 30_000 }).toBe(1)
    await expect.poll(() => desktop.states(), { timeout: 30_000 }).toEqual({ redeemed: 1 })
  })

  test('is upgraded while the till runs and a redemption waits, which settles once', async () => {
    const [coupon = '', other = ''] = await goodCodes()
    await standIn.control.network({ network: 'cut' })
    await desktop.scan(coupon)
    await expect
      .poll(() => desktop.states(), { timeout: 30_000 })
      .toEqual({ redeemed: 1, pending: 1 })
    await succeed([...apt, 'install', root.bring(newer)])
    // The older program, whose files are gone, goes on until it is ended.
    await desktop.scan(other)
    await expect
      .poll(() => desktop.states(), { timeout: 30_000 })
      .toEqual({ redeemed: 1, pending: 2 })
    await desktop.stop()
    await standIn.control.network({ network: 'up' })
    await start()
    await expect.poll(() => desktop.states(), { timeout: 60_000 }).toEqual({ redeemed: 3 })
    expect([await uses(coupon), await uses(other)]).toEqual([1, 1])
    await desktop.stop()
  })

  test('refuses to go back to an older version, in words, and changes nothing', async () => {
    const before = await installedVersion()
    const back = [...apt, '--allow-downgrades', 'install', root.bring(older)]
    const english = await root.run(back)
    expect(english.code).not.toBe(0)
    expect(english.said).toContain('nothing was changed')
    expect(english.said).toContain('apt remove hexiao-till')
    expect((await root.run(back, { env: chinese })).said).toContain('什么都没有改')
    expect(await installedVersion()).toBe(before)
    expect(await sh('dpkg --verify hexiao-till; dpkg --audit')).toBe('')
  })

  test('practises anew beside records of a newer version, which are kept', async () => {
    await desktop.sql('PRAGMA user_version = 9999; PRAGMA wal_checkpoint(TRUNCATE)')
    await start()
    const [coupon = ''] = await goodCodes()
    await desktop.scan(coupon)
    await expect.poll(() => desktop.states(), { timeout: 30_000 }).toEqual({ redeemed: 1 })
    expect(fs.readdirSync(`${desktop.records}/training`)).toContain('till.db.newer-1')
    await desktop.stop()
  })

  test('opens and redeems on a computer whose libusb was taken away', async () => {
    await succeed(['dpkg', '--remove', '--force-depends', 'libusb-1.0-0'])
    await start()
    const [coupon = ''] = await goodCodes()
    await desktop.scan(coupon)
    await expect.poll(() => desktop.states(), { timeout: 30_000 }).toEqual({ redeemed: 2 })
    await desktop.stop()
    await succeed([...apt, '--fix-broken', 'install'])
    expect(await sh('dpkg-query -W libusb-1.0-0')).toContain('libusb-1.0-0')
  })

  test('is removed without the records, and says where they are', async () => {
    const removed = await succeed([...apt, 'remove', 'hexiao-till'])
    expect(removed).toContain('not deleted. They are in /home/cashier/.config/Hexiao Till')
    expect(await sh('find /usr /etc /var -name "*hexiao*" -not -path "/var/lib/dpkg/*"')).toBe('')
    const purged = await root.run([...apt, 'purge', 'hexiao-till'], { env: chinese })
    expect(purged.said).toContain('核销记录没有删除，仍在 /home/cashier/.config/Hexiao Till')
    expect(fs.existsSync(desktop.databaseFile())).toBe(true)
  })
})
