import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ShopServer } from '../../main/chain/server/shop-server.ts'
import { createTillKey } from '../../main/chain/till-key.ts'
import { appUnderTest } from './app-under-test.ts'
import { type EnrolledMerchant, provisionTill } from './enrolled-merchant.ts'
import { recordKeys } from './key-log.ts'
import { launchTill, type TillApp } from './till-app.ts'
import { shop, type TillPlaceOfShop } from './till-place-of-shop.ts'
import { toFront } from './to-front.ts'
import type { XKeyboard } from './x-keyboard.ts'

/** A till of the shop in a window of its own, with its own profile and keychain. */
export interface TillOfShop extends TillApp {
  readonly tillId: string
  readonly userDataFolder: string
  /** Brings this till's window to the front and scans there. */
  scan(code: string): Promise<void>
}

export interface OpeningOfTill {
  readonly tillId: string
  readonly place: TillPlaceOfShop
  readonly merchant: EnrolledMerchant
  readonly keyboard: XKeyboard
  /** The tills that this keyboard watches; the new one is added. */
  readonly tills: TillApp[]
  /** Comes before the start, once the till is set up. */
  readonly prepare?: ((place: TillPlaceOfShop) => Promise<void>) | undefined
}

/** Sets a live till up and opens its window. It may honour 满100减20 without WeChat Pay. */
export async function openTillOfShop(opening: OpeningOfTill): Promise<TillOfShop> {
  const { tillId, place, merchant, keyboard, tills, prepare } = opening
  const { userDataFolder, env } = place
  await provisionTill(merchant, { tillId, userDataFolder, env, shop })
  await prepare?.(place)
  const app = await launchTill({ ...appUnderTest(), env, userDataFolder })
  tills.push(app)
  await recordKeys(app.page)
  return {
    ...app,
    tillId,
    userDataFolder,
    async scan(code) {
      await toFront(app, keyboard)
      await keyboard.scan(code)
    },
  }
}

/** Lets a till that is set up and was not opened yet belong to the shop of this server, as joining would. `chainKey`: 32 bytes, base64. */
export async function joinShop(
  { userDataFolder, env }: TillPlaceOfShop,
  tillId: string,
  to: { readonly server: ShopServer; readonly port: number; readonly chainKey: string },
): Promise<void> {
  const { key, seed } = createTillKey()
  to.server.add({ key, name: tillId })
  const profile = { version: 1, address: `127.0.0.1:${to.port}`, authority: to.server.authority }
  const live = path.join(userDataFolder, 'live')
  mkdirSync(live, { recursive: true })
  writeFileSync(path.join(live, 'chain.json'), JSON.stringify(profile))
  await putInShop(live, { 'chain-key': to.chainKey, 'chain-till-seed': seed }, env)
}

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
