import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { unzipSync } from 'fflate'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/live-test.ts'
import { runTillCommand } from '../support/run-till-command.ts'
import { whilePageStandsStill } from '../support/standing-page.ts'
import type { TillApp } from '../support/till-app.ts'
import { hire, signIn } from './staff-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

const pins = { owner: '739164', cashier: '852037' }
const apiV3Key = 'Kp7mWq2zRt9vXc4nBj6hLs8dFg3yUe5a'

/** A long secret may be wrapped or cut: a part from its middle is enough. */
function partOf(text: string): string {
  return text.slice(text.length / 4, text.length / 4 + 36)
}

/** Every form in which a secret could lie in a file. */
function formsOf(secret: string): Buffer[] {
  const bytes = Buffer.from(secret)
  const isBase64 = /^[0-9A-Za-z+/]{40,}={0,2}$/.test(secret)
  const raw = isBase64 ? Buffer.from(secret, 'base64') : bytes
  const texts = isBase64
    ? [partOf(secret), partOf(raw.toString('hex'))]
    : [secret, bytes.toString('hex')]
  return [
    ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]),
    raw.subarray(30, 54),
  ].filter(({ length }) => length >= 4)
}

/** Returns where a secret was found, by its name; `places` are contents by their name. */
function found(
  secrets: Readonly<Record<string, string>>,
  places: ReadonlyMap<string, Buffer>,
): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).flatMap((form) =>
      [...places].flatMap(([place, bytes]) =>
        bytes.includes(form) ? [`${name} in ${place}`] : [],
      ),
    ),
  )
}

function filesIn(...folders: readonly string[]): Map<string, Buffer> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
      path.join(folder, name),
    ),
  )
  return new Map(
    files.filter((file) => lstatSync(file).isFile()).map((file) => [file, readFileSync(file)]),
  )
}

async function heapOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return Buffer.from(chunks.join(''))
}

/** The command lines and environments of the till's processes. */
function processesOf(userDataFolder: string): Map<string, Buffer> {
  const places = new Map<string, Buffer>()
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const line = readFileSync(`/proc/${id}/cmdline`)
      if (!line.includes(userDataFolder)) continue
      places.set(`command line of ${id}`, line)
      places.set(`environment of ${id}`, readFileSync(`/proc/${id}/environ`))
    } catch {
      // It has ended since.
    }
  return places
}

async function answerDialogs(till: TillApp, chosen: { open: string; save: string }): Promise<void> {
  await till.electron.evaluate(({ dialog }, { open, save }) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [open] }))
    Reflect.set(dialog, 'showSaveDialog', async () => ({ canceled: false, filePath: save }))
  }, chosen)
}

test('no secret and no coupon code is anywhere but in the keychain', async ({
  merchant,
  keychain,
  standIn,
  launch,
  keyboard,
  userDataFolder,
}) => {
  // It reads all of the page's memory twice.
  test.slow()
  await merchant.provision()
  const settings = z
    .looseObject({})
    .parse(JSON.parse(readFileSync(path.join(merchant.folder, 'till.json'), 'utf8')))
  writeFileSync(path.join(merchant.folder, 'v3.txt'), apiV3Key)
  writeFileSync(
    path.join(merchant.folder, 'till.json'),
    JSON.stringify({ ...settings, apiV3KeyFile: 'v3.txt' }),
  )
  const at = { userDataFolder, env: keychain.env }
  const words = ['provision', '--file', path.join(merchant.folder, 'till.json')]
  expect((await runTillCommand(words, at)).exitCode).toBe(0)
  const till = await launch()
  const kept = z.record(z.string(), z.string()).parse(
    JSON.parse(
      execFileSync(process.execPath, ['test/support/read-secrets-process.ts'], {
        env: keychain.env,
        encoding: 'utf8',
      }),
    ),
  )
  expect(kept).toMatchObject({ 'api-v3-key': apiV3Key, 'data-key': expect.any(String) })
  expect(kept['merchant-private-key']).toBeDefined()

  const { page } = till
  await hire(page, [
    { name: '王芳', role: 'owner', pin: pins.owner },
    { name: '小陈', role: 'cashier', pin: pins.cashier },
  ])
  await signIn(page, '王芳', pins.owner)
  const [first, second = '', third = ''] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(first)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await standIn.control.network({ network: 'cut' })
  await waitForScanEnd(page)
  await keyboard.scan(second)
  await new TillPage(page).expectWaiting(1)
  const openid = (await standIn.control.coupon({ code: first }))?.openid ?? ''
  expect(openid).toMatch(/^o\d{27}$/)

  const stick = path.join(merchant.folder, 'stick')
  mkdirSync(stick)
  await answerDialogs(till, { open: stick, save: path.join(stick, 'given.hexiao') })
  expect(await page.evaluate(() => window.till.backup.chooseFolder({}))).toMatchObject({ ok: true })
  const order = { password: 'correct horse battery', why: 'canaries' }
  const given = await page.evaluate((input) => window.till.handOver.export(input), order)
  expect(given).toMatchObject({ ok: true, value: { ok: true } })
  await waitForScanEnd(page)
  await keyboard.scan(third)
  await new TillPage(page).expectWaiting(1)
  const doctor = await runTillCommand(['doctor'], at)
  // What goes to support: saved from the screen, and by the command.
  const zips = ['screen', 'command'].map((name) => path.join(stick, `${name}.zip`))
  const [fromScreen = '', byCommand = ''] = zips
  await answerDialogs(till, { open: stick, save: fromScreen })
  expect(await page.evaluate(() => window.till.app.exportDiagnostics({}))).toMatchObject({
    value: { ok: true },
  })
  expect((await runTillCommand(['diagnostics', '--output', byCommand], at)).exitCode).toBe(0)
  const packed = zips.flatMap((zip) =>
    Object.entries(unzipSync(readFileSync(zip))).map(
      ([name, bytes]) => [`${name} in ${zip}`, Buffer.from(bytes)] as const,
    ),
  )
  expect(packed.filter(([name]) => /^(?:till\.json|till\.log) in/.test(name))).toHaveLength(4)

  const data = { ...kept, first, second, third, openid, ...pins }
  // Each is found where it is: what is looked for can be found.
  expect(
    found(data, new Map([['all', Buffer.from(Object.values(data).join(' '))]])).length,
  ).toBeGreaterThanOrEqual(Object.keys(data).length)
  const {
    owner: _owner,
    cashier: _cashier,
    first: _first,
    second: _second,
    third: _third,
    ...neverInThePage
  } = data
  const heap = await whilePageStandsStill(till, () => heapOf(page))
  expect(found(neverInThePage, new Map([['the page', heap]]))).toEqual([])
  await page.reload()
  await page.getByTestId('lock').or(page.getByTestId('person')).first().waitFor()
  const places = new Map([
    ['the page, loaded anew', await whilePageStandsStill(till, () => heapOf(page))],
    ['doctor', Buffer.from(doctor.stdout)],
    ['output', Buffer.from(till.output())],
    ...packed,
    ...processesOf(userDataFolder),
  ])
  expect(places.size).toBeGreaterThan(6)
  expect(found(data, places)).toEqual([])
  await till.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  // Killed: write-ahead log, crash dumps and temporary files are all still there.
  await till.kill()
  const files = filesIn(userDataFolder, stick)
  expect([...files.keys()].some((file) => file.endsWith('till.db'))).toBe(true)
  expect(found(data, files)).toEqual([])
})
