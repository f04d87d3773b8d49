import { generateKeyPairSync, sign, createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { appUnderTest } from '../support/app-under-test.ts'
import { killProgramsOn } from '../support/kill-programs.ts'
import { expect, test as base } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

const Port = z.object({ port: z.number() })
const keys = generateKeyPairSync('ed25519')

interface Published {
  /** The program that is updated, as an AppImage is: one file, which starts with any arguments. */
  readonly program: string
  readonly env: NodeJS.ProcessEnv
  readonly address: string
  /** Publishes a version, made of this program's own files and changed as told. */
  publish(
    version: string,
    of?: { damage?: boolean; breaksAtStart?: boolean; unsigned?: boolean; staged?: number },
  ): void
}

const test = base.extend<{ published: Published }>({
  published: async ({}, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-update-'))
    const { executable, appFolder = '' } = appUnderTest()
    const programOf = (app: string) =>
      `#!/bin/sh\nAPPIMAGE="$(readlink -f "$0")" exec "${executable}" ${process.getuid?.() === 0 ? '--no-sandbox' : ''} "${app}" "$@"\n`
    const program = path.join(folder, 'till.AppImage')
    writeFileSync(program, programOf(appFolder))
    chmodSync(program, 0o755)
    writeFileSync(
      path.join(folder, 'key.pem'),
      keys.publicKey.export({ type: 'spki', format: 'pem' }),
    )
    const files = new Map<string, Buffer>()
    const server: Server = createServer((request, reply) => {
      const file = files.get(new URL(request.url ?? '', 'http://a').pathname)
      if (file === undefined) return void reply.writeHead(404).end()
      reply.writeHead(200, { 'content-length': file.length }).end(file)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = Port.parse(server.address())
    const address = `http://127.0.0.1:${port}/`
    await use({
      program,
      address,
      env: {
        ...process.env,
        APPIMAGE: program,
        XDG_CACHE_HOME: path.join(folder, 'cache'),
        HEXIAO_TILL_UPDATE_KEY_FILE: path.join(folder, 'key.pem'),
      },
      publish(
        version,
        { damage = false, breaksAtStart = false, unsigned = false, staged = 100 } = {},
      ) {
        const app = path.join(folder, `app-${version}`)
        mkdirSync(app)
        for (const name of ['node_modules', 'build'])
          symlinkSync(path.join(appFolder, name), path.join(app, name))
        cpSync(path.join(appFolder, 'out'), path.join(app, 'out'), {
          recursive: true,
          filter: (from) => !from.includes('/types'),
        })
        const description: object = JSON.parse(
          readFileSync(path.join(appFolder, 'package.json'), 'utf8'),
        )
        writeFileSync(path.join(app, 'package.json'), JSON.stringify({ ...description, version }))
        // It runs, and says how the till is, but its till does not come up.
        if (breaksAtStart)
          writeFileSync(path.join(app, 'out/main/engine.cjs'), 'throw new Error("broken")')
        const bytes = Buffer.from(programOf(app))
        const sha512 = createHash('sha512').update(bytes).digest('base64')
        const feed = `version: ${version}\nfiles:\n  - url: till-${version}.AppImage\n    sha512: ${sha512}\n    size: ${bytes.length}\nstagingPercentage: ${staged}\n`
        files.set('/latest-linux.yml', Buffer.from(feed))
        const signature = sign(null, Buffer.from(feed), keys.privateKey).toString('base64')
        if (!unsigned) files.set('/latest-linux.yml.sig', Buffer.from(`${signature}\n`))
        files.set(
          `/till-${version}.AppImage`,
          damage ? Buffer.concat([bytes, Buffer.from('#')]) : bytes,
        )
      },
    })
    server.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
})

function logOf(userDataFolder: string): string {
  return readFileSync(path.join(userDataFolder, 'logs/till.log'), 'utf8')
}

test('a newer version is fetched, not installed in front of a queue, installed, and starts with what waited', async ({
  launch,
  published,
  standIn,
  keyboard,
  userDataFolder,
}) => {
  published.publish('9.9.9', { unsigned: true })
  const till = await launch({ env: published.env })
  const { page } = till
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-upkeep').click()
  await page.evaluate((address) => window.till.updates.setAddress({ address }), published.address)
  await page.evaluate(() => window.till.updates.check({}))
  const install = page.getByTestId('update-install')
  await page.getByTestId('update-download').click()
  await expect(page.getByTestId('update-failed')).toContainText('signed')

  published.publish('9.9.10', { damage: true })
  await page.evaluate(() => window.till.updates.check({}))
  await page.getByTestId('update-download').click()
  await expect(install).toHaveAttribute('data-stage', 'failed')
  await expect(page.getByTestId('update-failed')).not.toContainText('signed')

  published.publish('9.9.11', { staged: 0 })
  await page.evaluate(() => window.till.updates.check({}))
  await page.getByTestId('update-download').click()
  await expect(page.getByTestId('update-failed')).toContainText('some tills first')

  published.publish('9.9.12')
  await page.evaluate(() => window.till.updates.check({}))
  await page.getByTestId('update-download').click()
  await expect(install).toHaveAttribute('data-stage', 'ready')
  await expect(page.getByTestId('update-notice')).toContainText('9.9.12')

  // Something waits: nobody restarts the till now.
  await page.getByTestId('go-till').click()
  await standIn.control.network({ network: 'cut' })
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(page).expectWaiting(1)
  expect(await page.evaluate(() => window.till.updates.install({}))).toMatchObject({
    value: { error: { code: 'queue-waits' } },
  })
  await standIn.control.network({ network: 'up' })
  await page.keyboard.press('F8')
  await expect(page.locator('[data-waiting="false"]')).toBeVisible()

  const gone = new Promise<void>((resolve) => till.electron.process().once('exit', resolve))
  await expect
    .poll(
      () =>
        page.evaluate(() => window.till.updates.install({})).catch(() => ({ value: { ok: true } })),
      { intervals: [1000] },
    )
    .toMatchObject({ value: { ok: true } })
  await gone
  try {
    expect(readFileSync(published.program, 'utf8')).toContain('app-9.9.12')
    await expect.poll(() => logOf(userDataFolder).match(/app\.started/g)?.length).toBe(2)
    expect(logOf(userDataFolder)).toContain('"version":"9.9.12"')
    // It came up: the version before is not kept.
    await expect.poll(() => existsSync(path.join(userDataFolder, 'updates/previous'))).toBe(false)
  } finally {
    killProgramsOn(userDataFolder)
  }
})

test('a version that does not come up is taken back without a person, and not installed again', async ({
  launch,
  published,
  userDataFolder,
}) => {
  published.publish('9.9.9', { breaksAtStart: true })
  const till = await launch({ env: published.env })
  const { page } = till
  await page.evaluate((address) => window.till.updates.setAddress({ address }), published.address)
  await page.evaluate(() => window.till.updates.check({}))
  await page.evaluate(() => window.till.updates.download({}))
  const gone = new Promise<void>((resolve) => till.electron.process().once('exit', resolve))
  await expect
    .poll(
      () =>
        page.evaluate(() => window.till.updates.install({})).catch(() => ({ value: { ok: true } })),
      { intervals: [1000] },
    )
    .toMatchObject({ value: { ok: true } })
  await gone
  try {
    await expect
      .poll(() => logOf(userDataFolder), { timeout: 60_000 })
      .toMatch(/update\.taken-back[\s\S]*app\.started/)
    expect(readFileSync(published.program, 'utf8')).not.toContain('app-9.9.9')
    const kept = readFileSync(path.join(userDataFolder, 'preferences.json'), 'utf8')
    expect(JSON.parse(kept)).toMatchObject({ updates: { takenBack: '9.9.9' } })
  } finally {
    killProgramsOn(userDataFolder)
  }
})
