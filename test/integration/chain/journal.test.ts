import { describe, expect, test } from 'vitest'
import { noEngine } from '../../support/engine-here.ts'
import { killServer, serverCount } from '../../support/shop-server-acts.ts'
import { until } from '../../support/server-of-shop.ts'
import { answered, claimOn, openShop } from '../../support/shop-of-tills.ts'

describe.skipIf(noEngine !== null)(
  `the journal of a shop${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    test('reaches the other tills at once, sealed, and in the order of the till', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const startedAt = performance.now()
      const { at } = one.outbox.add({
        useRequestNo: 'R1',
        couponCode: 'SECRET-1',
        kind: 'honoured',
      })
      one.outbox.add({ useRequestNo: 'R1', couponCode: 'SECRET-1', kind: 'redeemed' })
      one.outbox.add({ useRequestNo: 'R2', couponCode: 'SECRET-2', stockId: 'B', kind: 'recorded' })
      one.outbox.add({
        useRequestNo: 'R2',
        couponCode: 'SECRET-2',
        stockId: 'B',
        kind: 'cancelled',
      })
      await until(() => two.heard.length === 3, 'three news')
      // A second is plenty, and a busy machine has its time; what was lost on the way is sent again after 5 s.
      expect(performance.now() - startedAt).toBeLessThan(4500)
      expect(two.heard).toMatchObject([
        { state: 'honoured', couponCode: 'SECRET-1', stockId: null, tillId: 'till 1', at },
        { state: 'redeemed', couponCode: 'SECRET-1', useRequestNo: 'R1' },
        { state: 'returned', couponCode: 'SECRET-2', stockId: 'B', useRequestNo: 'R2' },
      ])
      await until(() => one.outbox.waiting() === 0, 'all acknowledged')
      // Its own comes back: a till that was restored from a backup learns so what it did since.
      await until(() => one.heard.length === 3, 'its own news')
      expect([...one.faults, ...two.faults]).toEqual([])
      await shop.server.stop()
      expect(await filesHave(shop.folder, 'SECRET')).toBe(false)
      // The search finds what is there.
      expect(await filesHave(shop.folder, one.keys.key)).toBe(true)
    })

    test('is there exactly once, though the server is killed while it is sent, again and again', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      let records = 0
      for (let kill = 0; kill < 3; kill += 1) {
        const before = records
        for (; records < before + 500; records += 1)
          one.outbox.add({ useRequestNo: `R${records}`, couponCode: `C${records}` })
        await until(() => one.outbox.waiting() < 500, 'some were sent')
        expect(one.outbox.waiting()).toBeGreaterThan(0)
        await killServer(shop)
        await until(() => one.outbox.waiting() === 0, 'all were sent')
      }
      await until(() => two.heard.length >= records, 'all were heard')
      expect(two.heard.map(({ useRequestNo }) => useRequestNo)).toEqual(
        Array.from({ length: records }, (_, index) => `R${index}`),
      )
      expect(await serverCount(shop, 'JOURNAL')).toBe(records)
    })

    test('a till that was off catches up, and hears nothing twice after a restart', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      one.outbox.add({ useRequestNo: 'R1', couponCode: 'C1' })
      await until(() => two.heard.length === 1, 'the first')
      await two.chain.close()
      for (let index = 2; index <= 300; index += 1)
        one.outbox.add({ useRequestNo: `R${index}`, couponCode: `C${index}` })
      await until(() => one.outbox.waiting() === 0, 'all were sent')
      const again = await two.restart()
      await until(() => again.heard.length === 300, 'all were heard')
      const third = await again.restart()
      one.outbox.add({ useRequestNo: 'R301', couponCode: 'C301' })
      await until(() => third.heard.length >= 301, 'the last')
      expect(new Set(third.heard.map(({ useRequestNo }) => useRequestNo)).size).toBe(301)
      expect(third.heard.length).toBe(301)
    })

    test('releases the claim that a record ends before the record is acknowledged', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const claim = claimOn('C1')
      expect(await answered(one, claim)).toEqual({ outcome: 'won' })
      // The program ended between the change and the call of `release`.
      one.outbox.add({ ...claim, kind: 'cancelled' })
      await until(() => one.outbox.waiting() === 0, 'acknowledged')
      expect(await answered(two, claimOn('C1'))).toEqual({ outcome: 'won' })
    })
  },
)

async function filesHave(folder: string, text: string): Promise<boolean> {
  const { readdirSync, readFileSync } = await import('node:fs')
  const path = await import('node:path')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(path.join(entry.parentPath, entry.name)).includes(text))
}
