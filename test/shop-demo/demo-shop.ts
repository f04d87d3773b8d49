import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { enrolMerchant } from '../support/enrolled-merchant.ts'
import { freePort } from '../support/free-port.ts'
import { startServerAt } from '../support/server-of-shop.ts'
import { type SpawnedStandIn, spawnStandIn } from '../support/spawn-stand-in.ts'
import type { TillApp } from '../support/till-app.ts'
import { joinShop, openTillOfShop, type TillOfShop } from '../support/till-of-shop.ts'
import { placeOfTill } from '../support/till-place-of-shop.ts'
import { watchfulKeyboard } from '../support/watchful-keyboard.ts'
import { xKeyboard } from '../support/x-keyboard.ts'

interface DemoShop {
  readonly standIn: SpawnedStandIn
  openTill(tillId: string): Promise<TillOfShop>
  /** Ends everything of it, its windows too. Its files are in the folder for temporary ones, which is the demonstration's own. */
  close(): Promise<void>
}

/** Opens a stand-in for WeChat Pay and the real server of a shop, both on loopback. */
export async function openDemoShop(): Promise<DemoShop> {
  const closers: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const closer of closers.toReversed()) await closer()
  }
  try {
    const standIn = await spawnStandIn()
    closers.push(() => standIn.stop())
    const merchant = await enrolMerchant(standIn)
    const port = await freePort()
    const server = await startServerAt(mkdtempSync(path.join(os.tmpdir(), 'hexiao-shop-')), port)
    closers.push(() => server.stop())
    const chainKey = randomBytes(32).toString('base64')
    const tills: TillApp[] = []
    const keyboard = watchfulKeyboard(xKeyboard(process.env), tills)
    return {
      standIn,
      close,
      async openTill(tillId) {
        const place = await placeOfTill()
        closers.push(() => place.remove())
        const till = await openTillOfShop({
          tillId,
          place,
          merchant,
          keyboard,
          tills,
          prepare: () => joinShop(place, tillId, { server, port, chainKey }),
        })
        closers.push(() => till.kill())
        return till
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
