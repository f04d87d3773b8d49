import { describe, expect, test } from 'vitest'
import { noEngine } from '../../support/engine-here.ts'
import { openOfficeScene, recordsIn } from '../../support/office-scene.ts'
import { until } from '../../support/server-of-shop.ts'
import { killServer } from '../../support/shop-server-acts.ts'

describe.skipIf(noEngine !== null)(
  `the journal of a shop at the hub${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    test('is there exactly once and in order, though server, hub and forwarder end in between', async () => {
      const scene = await openOfficeScene()
      const attached = await scene.shop('East')
      const till = await attached.shop.till('till 1')
      const ids: string[] = []
      const write = (count: number): void => {
        for (let index = 0; index < count; index += 1)
          ids.push(
            till.outbox.add({ useRequestNo: `R${ids.length}`, couponCode: `C${ids.length}` }).id,
          )
      }
      write(200)
      await until(() => attached.forwarder.state() === 'forwarding', 'it has begun')
      await scene.killHub()
      write(200)
      await killServer(attached.shop)
      write(200)
      await attached.restartForwarder()
      await until(() => till.outbox.waiting() === 0, 'the server has all')
      await until(() => attached.forwarder.state() === 'even', 'the hub has all')
      const batches = await scene.batches(attached.file)
      expect(recordsIn(batches).map(({ id }) => id)).toEqual(ids)
      expect(JSON.stringify(batches)).not.toContain('"C1"')
    }, 90_000)
  },
)
