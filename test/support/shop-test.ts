import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { ShopServer } from '../../main/chain/server/shop-server.ts'
import { createTillKey } from '../../main/chain/till-key.ts'
import { appUnderTest } from './app-under-test.ts'
import { type EnrolledMerchant, enrolMerchant, provisionTill } from './enrolled-merchant.ts'
import { freePort } from './free-port.ts'
import { startServerAt } from './server-of-shop.ts'
import { recordKeys } from './key-log.ts'
import { test as standInTest } from './stand-in-test.ts'
import { launchTill, type TillApp } from './till-app.ts'
import { placeOfTill, shop, type TillPlaceOfShop } from './till-place-of-shop.ts'
import { toFront } from './to-front.ts'

/** A till of the shop in a window of its own, with its own profile and keychain. */
export interface TillOfShop extends TillApp {
  readonly tillId: string
  readonly userDataFolder: string
  /** Brings this till's window to the front and scans there. */
  scan(code: string): Promise<void>
}

export interface ServerOfShop {
  /** It keeps its connections and says nothing more, until it is woken. */
  stall(): void
  wake(): void
  /** As when its computer is switched off, and on again. */
  stop(): Promise<void>
  start(): Promise<void>
}

interface ShopFixtures {
  merchant: EnrolledMerchant
  server: ServerOfShop & { readonly running: () => ShopServer; readonly port: number }
  /** Opens a till that has joined no shop; `prepare` comes before its start. It may honour 满100减20 without WeChat Pay. */
  openTillAlone: (
    tillId: string,
    prepare?: (place: TillPlaceOfShop) => Promise<void>,
  ) => Promise<TillOfShop>
  /** The same, joined to the shop of `server`. */
  openTill: (tillId: string) => Promise<TillOfShop>
}

/** Playwright's `test` with a shop: a real server on loopback, and as many live tills as a test opens. */
export const test = standInTest.extend<ShopFixtures>({
  merchant: async ({ standIn }, use) => {
    const merchant = await enrolMerchant(standIn)
    await use(merchant)
    rmSync(merchant.folder, { recursive: true })
  },
  server: async ({}, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-shop-'))
    const port = await freePort()
    let server = await startServerAt(folder, port)
    let stalled: number | null = null
    const wake = (): void => {
      if (stalled !== null) process.kill(stalled, 'SIGCONT')
      stalled = null
    }
    await use({
      port,
      running: () => server,
      stall() {
        stalled = server.health().pid
        if (stalled === null) throw new Error('no server runs')
        process.kill(stalled, 'SIGSTOP')
      },
      wake,
      stop: () => server.stop(),
      async start() {
        server = await startServerAt(folder, port)
      },
    })
    wake()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  },
  openTillAlone: async ({ merchant, keyboard, tills }, use, testInfo) => {
    const opened: TillOfShop[] = []
    const closers: (() => Promise<void>)[] = []
    await use(async (tillId, prepare) => {
      const place = await placeOfTill()
      closers.push(() => place.remove())
      const { userDataFolder, env } = place
      await provisionTill(merchant, { tillId, userDataFolder, env, shop })
      await prepare?.(place)
      const app = await launchTill({ ...appUnderTest(), env, userDataFolder })
      tills.push(app)
      await recordKeys(app.page)
      const till: TillOfShop = {
        ...app,
        tillId,
        userDataFolder,
        async scan(code) {
          await toFront(app, keyboard)
          await keyboard.scan(code)
        },
      }
      opened.push(till)
      return till
    })
    for (const till of opened) {
      const { tillId } = till
      if (testInfo.errors.length > 0) {
        const body = await till.page
          .locator('body')
          .innerText({ timeout: 1000 })
          .catch(() => 'the page is gone')
        await testInfo.attach(`${tillId}-screen.txt`, { body, contentType: 'text/plain' })
      }
      await till.kill()
      await testInfo.attach(`${tillId}-output.txt`, {
        body: till.output(),
        contentType: 'text/plain',
      })
    }
    for (const close of closers) await close()
  },
  openTill: async ({ openTillAlone, server }, use) => {
    const chainKey = randomBytes(32).toString('base64')
    await use((tillId) =>
      openTillAlone(tillId, async ({ userDataFolder, env }) => {
        const { key, seed } = createTillKey()
        server.running().add({ key, name: tillId })
        const { authority } = server.running()
        const profile = { version: 1, address: `127.0.0.1:${server.port}`, authority }
        const live = path.join(userDataFolder, 'live')
        mkdirSync(live, { recursive: true })
        writeFileSync(path.join(live, 'chain.json'), JSON.stringify(profile))
        await putInShop(live, { 'chain-key': chainKey, 'chain-till-seed': seed }, env)
      }),
    )
  },
})

export { expect } from './till-test.ts'

async function putInShop(folder: string, keys: object, env: NodeJS.ProcessEnv): Promise<void> {
  const script = path.join(import.meta.dirname, 'put-in-shop-process.ts')
  const child = spawn(process.execPath, [script, folder], {
    env,
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  child.stdin.end(JSON.stringify(keys))
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error('the keychain did not take the keys')
}
