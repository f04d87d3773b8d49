import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { ShopServer } from '../../main/chain/server/shop-server.ts'
import { type EnrolledMerchant, enrolMerchant } from './enrolled-merchant.ts'
import { freePort } from './free-port.ts'
import { startServerAt } from './server-of-shop.ts'
import { test as standInTest } from './stand-in-test.ts'
import { joinShop, openTillOfShop, type TillOfShop } from './till-of-shop.ts'
import { placeOfTill, type TillPlaceOfShop } from './till-place-of-shop.ts'

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
      const till = await openTillOfShop({ tillId, place, merchant, keyboard, tills, prepare })
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
      openTillAlone(tillId, (place) =>
        joinShop(place, tillId, { server: server.running(), port: server.port, chainKey }),
      ),
    )
  },
})

export { expect } from './till-test.ts'
