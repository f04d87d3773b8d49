import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { hire } from '../e2e/staff-steps.ts'
import { sampleCodes } from '../e2e/till-page.ts'
import Database from 'better-sqlite3'
import { appUnderTest } from '../support/app-under-test.ts'
import { openKeychainSession } from '../support/keychain-session.ts'
import { createMerchantMaterial, type MerchantMaterial } from '../support/merchant-material.ts'
import type { SpawnedStandIn } from '../support/spawn-stand-in.ts'
import { launchTill, type TillApp } from '../support/till-app.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { camera, type Shoot } from './camera.ts'

/** This path is visible in the picture. */
const stick = '/tmp/usb-stick'
const backupPassword = 'seven tulips at dawn'

/** Pictures a till from its set-up to the obstacles that can keep it from opening. */
export async function takeLive(standIn: SpawnedStandIn, userDataFolder: string): Promise<void> {
  const keychain = await openKeychainSession('unlocked')
  const missing = await openKeychainSession('missing')
  const downloads = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-downloads-'))
  const live = path.join(userDataFolder, 'live')
  async function inTill(
    env: NodeJS.ProcessEnv,
    take: (page: Page, shoot: Shoot, till: TillApp) => Promise<void>,
  ): Promise<void> {
    const till = await launchTill({ ...appUnderTest(), userDataFolder, env })
    await take(till.page, camera(till.page), till)
    await till.kill()
  }
  async function obstacle(state: string, env = keychain.env): Promise<void> {
    await inTill(env, async (page, shoot) => {
      await page.getByTestId('obstacle').waitFor()
      await shoot(`obstacle-${state}`)
    })
  }
  try {
    const known = await createMerchantMaterial()
    const { certificatePem } = known
    const enrolled = await standIn.control.enrol({ certificatePem })
    const other = await createMerchantMaterial()
    const publicKey = path.join(downloads, 'pub_key.pem')
    writeFileSync(publicKey, enrolled.publicKeyPem)
    await inTill(keychain.env, async (page, shoot, till) => {
      await page.getByTestId('go-settings').click()
      await page.getByTestId('tab-merchant').click()
      await fill(page, 0, enrolled.mchid)
      await fill(page, 1, enrolled.appid)
      await fill(page, 2, 'A1')
      await fill(page, 3, enrolled.origin)
      await shoot('setup-shop')
      await next(page)
      await choose(till, 'merchant-files', write(downloads, 'another', other))
      await shoot('setup-certificate')
      await next(page)
      await choose(till, 'public-key-file', [publicKey])
      await fill(page, 0, enrolled.publicKeyId)
      await shoot('setup-key')
      await next(page)
      await test(page)
      await shoot('setup-wrong-certificate')
      await page.getByTestId('setup-mend').click()
      await choose(till, 'merchant-files', write(downloads, 'right', known))
      await next(page)
      await next(page)
      await test(page)
      await shoot('setup-connection')
      await page.getByRole('button', { name: /^(Save and use|保存并启用)$/ }).click()
      await page.getByTestId('setup-done').waitFor()
      await shoot('setup-done')
      await page.getByRole('button', { name: /Not now|暂不删除/ }).click()
      await page.getByTestId('go-settings').click()
      await page.getByTestId('tab-upkeep').click()
      mkdirSync(stick, { recursive: true })
      const [code] = await sampleCodes(standIn, 'valid')
      await page.evaluate(
        (payload) => window.till.counter.redeem({ payload, source: 'typed' }),
        code,
      )
      await answerDialog(till, [stick])
      await page.getByTestId('backup-folder').click()
      await page.getByTestId('backup-make').waitFor()
      const [backup = ''] = readdirSync(stick)
      await answerDialog(till, [path.join(stick, backup)])
      await page.getByTestId('restore-choose').click()
      await page.getByTestId('restore-facts').waitFor()
      await shoot('settings-upkeep')
      await page.getByTestId('backup-password').click()
      await typeAsPerson(page, 'seven tulips at dawn')
      await page.getByTestId('backup-password-suggest').click()
      await page.getByTestId('backup-password-suggested').waitFor()
      await shoot('backup-password')
      await page.keyboard.press('Escape')
      await page.evaluate(
        (password) => window.till.backup.setPassword({ password }),
        backupPassword,
      )
      await page.getByTestId('tab-handOver').click()
      await page.getByTestId('decommission').click()
      await page.getByTestId('decommission-dialog').waitFor()
      await shoot('decommission')
      await page.keyboard.press('Escape')
      await page.keyboard.press('F11')
      await page.getByTestId('compact').waitFor()
      await page.setViewportSize({ width: 360, height: 420 })
      await page.screenshot({ path: 'docs/screens/compact-live-en-360x420.png' })
    })
    await inTill(keychain.env, async (page) => {
      await page.evaluate(() => window.till.preferences.set({ compact: false }))
      await hire(page, [{ name: '王芳', role: 'owner', pin: '739164' }])
    })
    const staff = new Database(path.join(live, 'till.db'))
    staff.exec('DELETE FROM staff')
    staff.close()
    await obstacle('staff-changed')
    await obstacle('keychain-unavailable', missing.env)
    keychain.lock()
    await obstacle('keychain-locked')
    await keychain.unlock()
    const database = new Database(path.join(live, 'till.db'))
    database.pragma('user_version = 99')
    database.close()
    await obstacle('newer-database')
    writeFileSync(path.join(live, 'profile.json'), '{"version":1')
    await obstacle('settings-damaged')
    await pictureArrival()
  } finally {
    await keychain.close()
    await missing.close()
    rmSync(downloads, { recursive: true })
    rmSync(stick, { recursive: true, force: true })
  }
}

/** Another computer takes the backup over and is decommissioned. */
async function pictureArrival(): Promise<void> {
  const [sealed = ''] = readdirSync(stick).filter((name) => name.endsWith('.hxbackup'))
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-screens-'))
  const keychain = await openKeychainSession('unlocked')
  const { env } = keychain
  const till = await launchTill({ ...appUnderTest(), userDataFolder: folder, env })
  try {
    const { page } = till
    const shoot = camera(page)
    await page.getByTestId('go-settings').click()
    await page.getByTestId('tab-upkeep').click()
    await answerDialog(till, [path.join(stick, sealed)])
    await page.getByTestId('restore-choose').click()
    await page.getByTestId('restore-unlock').waitFor()
    await typeAsPerson(page, backupPassword)
    await page.getByTestId('restore-unlock-open').click()
    await page.getByTestId('restore-facts').waitFor()
    await shoot('restore-elsewhere')
    await page.getByTestId('restore-confirm').click()
    await page.getByTestId('obstacle').waitFor()
    await shoot('obstacle-moved-here')
    await till.kill()
    const live = path.join(folder, 'live')
    rmSync(live, { recursive: true })
    mkdirSync(live)
    writeFileSync(path.join(live, 'decommissioned.json'), JSON.stringify({ was, isDone: true }))
    for (const [name, switches] of [
      ['obstacle-decommissioned', []],
      ['practice', ['--mode=practice']],
    ] as const) {
      const shown = await launchTill({ ...appUnderTest(), userDataFolder: folder, env, switches })
      await camera(shown.page)(name)
      await shown.kill()
    }
  } finally {
    await till.kill()
    await keychain.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const was = {
  at: Date.parse('2026-11-26T09:30:00Z'),
  by: '王芳',
  merchantId: '1900000109',
  tillId: 'A1',
  file: '/media/usb/hexiao-till-A1-decommissioned-20261126093000.hxbackup',
  open: 2,
}

function write(
  downloads: string,
  folder: string,
  { certificate, key }: MerchantMaterial,
): string[] {
  return [certificate, key].map(({ name, bytes }) => {
    // Named as they are when downloaded, because the screen shows the names.
    const file = path.join(mkdtempSync(path.join(downloads, folder)), name)
    writeFileSync(file, bytes)
    return file
  })
}

async function fill(page: Page, nth: number, text: string): Promise<void> {
  await page.getByTestId('setup').getByRole('textbox').nth(nth).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await typeAsPerson(page, text)
}

async function choose(till: TillApp, testId: string, paths: readonly string[]): Promise<void> {
  await answerDialog(till, paths)
  await till.page.getByTestId(testId).getByRole('button').last().click()
}

/** The system's file dialog cannot be pictured; it returns these paths. */
async function answerDialog(till: TillApp, paths: readonly string[]): Promise<void> {
  await till.electron.evaluate(({ dialog }, filePaths) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths }))
  }, paths)
}

async function next(page: Page): Promise<void> {
  await page.getByTestId('setup-next').click()
}

async function test(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Test the connection|测试连接/ }).click()
  await page.getByTestId('setup-tested').waitFor()
}
