import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openShopChain, type ShopChain } from '../../../main/app/live/shop-chain.ts'
import { createTillKey } from '../../../main/chain/till-key.ts'
import { noEngine } from '../../support/engine-here.ts'
import { createLimitedKeychain } from '../../support/limited-keychain.ts'
import { honour } from '../../support/scripted-shop.ts'
import { codeOf, noLine, ScriptedTill, tenYuanOff } from '../../support/scripted-till.ts'
import { until } from '../../support/server-of-shop.ts'
import { openShop, type TestShop } from '../../support/shop-of-tills.ts'

describe.skipIf(noEngine !== null)(
  `two tills with their records and a server${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    test('redeemed at one, known at the other; without WeChat Pay one gives, and the other does not', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([openTill(shop, 'T1'), openTill(shop, 'T2')])
      expect(await one.till.scan(1)).toMatchObject({ tone: 'green', instruction: 'give' })
      await until(() => two.knows(1), 'the other has heard of it')

      one.till.use = () => noLine
      two.till.use = () => noLine
      expect(await two.till.scan(1)).toMatchObject({
        tone: 'red',
        reason: 'redeemed-at-other-till',
      })
      one.till.till.nextCustomer()
      expect(await one.till.scan(2)).toMatchObject({
        tone: 'amber',
        instruction: 'give',
        shop: { kind: 'held' },
      })
      expect(await two.till.scan(2)).toMatchObject({ tone: 'red', instruction: 'do-not-give' })

      // Without the server too, each is a till alone, and says so.
      await shop.server.stop()
      await until(() => one.chain.view().state === 'no-server', 'the line is down')
      one.till.till.nextCustomer()
      expect(await one.till.scan(3)).toMatchObject({ tone: 'amber', shop: { kind: 'unchecked' } })
    })

    test('without a file of the shop a till is alone; with a wrong one it says that it can ask nobody, and the log has it', async () => {
      const faults: unknown[] = []
      const folder = temporaryFolder()
      const till = new ScriptedTill()
      onTestFinished(() => till.close())
      const open = (): Promise<ShopChain | null> =>
        openShopChain({
          place: { folder, secrets: keychain, clock: Date.now },
          tillId: 'T1',
          store: till.store,
          onFault: (cause) => faults.push(cause),
        })
      const keychain = createLimitedKeychain()
      expect(await open()).toBeNull()
      expect(faults).toEqual([])
      writeFileSync(path.join(folder, 'chain.json'), '{"version":1,"address":"here"}')
      const cut = await open()
      expect(cut?.view()).toMatchObject({ state: 'keys-missing' })
      expect(faults).toHaveLength(1)
    })
  },
)

interface RealTill {
  readonly till: ScriptedTill
  readonly chain: ShopChain
  /** Whether it has heard of the coupon with this number. */
  knows(number: number): boolean
}

async function openTill(shop: TestShop, tillId: string): Promise<RealTill> {
  const folder = temporaryFolder()
  const keychain = createLimitedKeychain()
  const { key, seed } = createTillKey()
  shop.server.add({ key, name: tillId })
  const profile = {
    version: 1,
    address: `127.0.0.1:${shop.port}`,
    authority: shop.server.authority,
  }
  writeFileSync(path.join(folder, 'chain.json'), JSON.stringify(profile))
  await keychain.write('chain-key', Buffer.from(shop.chainKey).toString('base64'))
  await keychain.write('chain-till-seed', seed)
  let lock: ShopChain['lock'] | null = null
  const till: ScriptedTill = new ScriptedTill({
    tillId,
    offlinePolicy: honour,
    onlyStockId: '12',
    shopLock: {
      claim: (claim) => lock?.claim(claim) ?? Promise.resolve({ outcome: 'unanswered' }),
      release: (claim) => lock?.release(claim),
    },
  })
  till.store.stocks.save(tenYuanOff, till.now)
  const chain = await openShopChain({
    place: { folder, secrets: keychain, clock: () => till.now },
    tillId,
    store: till.store,
    onFault: (cause) => till.faults.push(cause),
  })
  if (chain === null) throw new Error('no chain')
  ;({ lock } = chain)
  till.till.start()
  chain.join(till.till)
  onTestFinished(async () => {
    await chain.close()
    till.close()
    expect(till.faults).toEqual([])
  })
  await until(() => chain.view().state === 'checked', `${tillId} is open`)
  return {
    till,
    chain,
    knows: (number) => till.store.peers.find(codeOf(number), null) !== null,
  }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-chain-till-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
