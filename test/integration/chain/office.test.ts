import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import { jetstream } from '@nats-io/jetstream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { serverName } from '../../../main/chain/names.ts'
import { healthSubject, recordsSubject } from '../../../main/chain/office/office-names.ts'
import type { OfficeReader } from '../../../main/contract/office-reader.ts'
import { noEngine } from '../../support/engine-here.ts'
import { allTime, openOfficeScene } from '../../support/office-scene.ts'
import { until } from '../../support/server-of-shop.ts'

const day = { ...allTime, from: Date.now() - 86_400_000, until: Date.now() + 86_400_000 }

describe.skipIf(noEngine !== null)(
  `the head office of two shops${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    test('sees one coupon honoured in both, catches up with a hub that was off, and is the same when made anew', async () => {
      const scene = await openOfficeScene()
      const [east, west] = await Promise.all([scene.shop('East'), scene.shop('West')])
      const [one, two] = await Promise.all([east.shop.till('till 1'), west.shop.till('till 2')])
      const office = await scene.office()
      for (const { outbox } of [one, two]) {
        const of = { couponCode: 'SECRET-1', batch: '12', honoured: true, discountFen: 1000 }
        const useRequestNo = outbox === one.outbox ? 'E1' : 'W1'
        outbox.add({ ...of, useRequestNo, kind: 'recorded' })
        outbox.add({ ...of, useRequestNo, kind: 'honoured' })
      }
      await eventually(office, async () => (await office.doubles(day, null)).count === 1)
      const { entries } = await office.doubles(day, null)
      expect(entries).toMatchObject([
        { shops: 2, lossFen: 1000, given: [{ useRequestNo: expect.anything() }, {}] },
      ])
      const shown = JSON.stringify(await office.life(entries[0]?.given[0]?.id ?? ''))
      expect(shown).toContain('honoured')
      expect(shown).not.toContain('SECRET')

      // The hub is off for a day; the shop does not wait for it.
      await scene.stopHub()
      for (let index = 0; index < 2000; index += 1)
        one.outbox.add({ useRequestNo: `D${index}`, couponCode: `D${index}`, batch: '13' })
      await until(() => one.outbox.waiting() === 0, 'the shop has all')
      await until(() => east.forwarder.state() === 'no-hub', 'the hub is missed')
      await scene.startHub()
      const redeemed = async (): Promise<number> => (await office.overview(day)).total.redeemed
      await eventually(office, async () => (await redeemed()) === 2000)
      expect((await scene.batches(east.file)).length).toBeLessThan(50)

      const before = await office.overview(day)
      await office.rebuild()
      await eventually(office, async () => office.connection().rebuilding === null)
      expect(await office.overview(day)).toEqual(before)
      expect((await office.doubles(day, null)).count).toBe(1)
      const isKnown = async (wanted: string): Promise<boolean> =>
        (await office.health()).members.some(({ part, name }) => `${part} ${name}` === wanted)
      for (const wanted of ['server East', 'till till 2'])
        await eventually(office, () => isKnown(wanted))
    }, 90_000)

    test('a shop publishes under its own subjects alone, and hears no other', async () => {
      const scene = await openOfficeScene()
      const [east, west] = [scene.hub.attach('East'), scene.hub.attach('West')]
      const { authority, address } = scene.hub.officeKeys('Chain')
      const tls = { ca: authority, servername: serverName, handshakeFirst: true }
      const asEast = () =>
        connect({
          servers: address,
          tls,
          authenticator: nkeyAuthenticator(new TextEncoder().encode(east.seed)),
          inboxPrefix: `_INBOX_${east.key}`,
          reconnect: false,
        })
      // The hub lets a new shop in once it has read its configuration again.
      const isLetIn = (): Promise<boolean> =>
        asEast().then(
          (first) => first.close().then(() => true),
          () => false,
        )
      await expect.poll(isLetIn).toBe(true)
      const connection = await asEast()
      onTestFinished(() => connection.close())
      const client = jetstream(connection, { domain: 'hub', timeout: 1000 })
      const none = new Uint8Array()
      expect((await client.publish(recordsSubject(east.shopId), none)).seq).toBe(1)
      for (const subject of [recordsSubject(west.shopId), healthSubject(west.shopId)])
        await expect(client.publish(subject, none)).rejects.toThrow(/permissions violation/i)
      const heard = new Promise((resolve) => {
        connection.subscribe('record.*', { callback: (fault) => resolve(fault) })
      })
      expect(String(await heard)).toMatch(/permissions violation/i)
    })
  },
)

/** Waits for what the office will show, looking when it says that something has changed. */
async function eventually(office: OfficeReader, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('the office does not show it')
    await new Promise<void>((resolve) => {
      const stop = office.onChanged(() => done())
      const timer = setTimeout(() => done(), 1000)
      const done = (): void => {
        clearTimeout(timer)
        stop()
        resolve()
      }
    })
  }
}
