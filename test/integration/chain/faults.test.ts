import { spawn } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { claimMs } from '../../../main/chain/lock.ts'
import { readFileIfThere } from '../../../main/credentials/private-file.ts'
import type { ClaimResult } from '../../../main/redemption/shop-lock.ts'
import { engineHere, noEngine } from '../../support/engine-here.ts'
import { killServer, stallServer } from '../../support/shop-server-acts.ts'
import { startServerAt, until } from '../../support/server-of-shop.ts'
import { answered, claimOn, openShop } from '../../support/shop-of-tills.ts'

const won: ClaimResult = { outcome: 'won' }
const unanswered: ClaimResult = { outcome: 'unanswered' }

describe.skipIf(noEngine !== null)(
  `what goes wrong in a shop${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    test('a stalled server: no answer within the deadline, then at once; the claim lands later and is known again', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const wake = stallServer(shop)
      const late = claimOn('C1')
      const startedAt = performance.now()
      expect(await one.chain.lock.claim(late)).toEqual(unanswered)
      const waited = performance.now() - startedAt
      expect(waited).toBeGreaterThan(500)
      // A busy machine is late, but not by as much as the line's own patience.
      expect(waited).toBeLessThan(2500)
      const next = performance.now()
      for (let count = 2; count < 22; count += 1)
        expect(await one.chain.lock.claim(claimOn(`C${count}`))).toEqual(unanswered)
      // One that waited for its deadline would take a twelfth of this alone.
      expect(performance.now() - next).toBeLessThan(12 * claimMs)
      wake()
      await until(() => one.chain.health().standing === 'open', 'till 1 is back')
      await expect
        .poll(() => two.chain.lock.claim(claimOn('C1')))
        .toMatchObject({
          outcome: 'lost',
          useRequestNo: late.useRequestNo,
        })
      expect(await answered(one, late)).toEqual(won)
    })

    test("a late claim of a till that gave up and released is nobody's", async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const wake = stallServer(shop)
      const late = claimOn('C1')
      expect(await one.chain.lock.claim(late)).toEqual(unanswered)
      one.chain.lock.release(late)
      // The program ends before anybody has heard of it.
      expect(one.state()?.releases).toHaveLength(1)
      await one.chain.close()
      wake()
      const again = await one.restart()
      await until(() => again.state()?.releases.length === 0, 'the release arrived')
      expect(await answered(two, claimOn('C1'))).toEqual(won)
    })

    test('no server: every claim is unanswered at once, and nothing is lost when it comes back', async () => {
      const shop = await openShop()
      const one = await shop.till('till 1')
      const before = claimOn('C1')
      expect(await answered(one, before)).toEqual(won)
      await shop.server.stop()
      await until(() => one.chain.health().line !== 'up', 'the line is down')
      const startedAt = performance.now()
      for (let count = 0; count < 100; count += 1)
        expect(await one.chain.lock.claim(claimOn(`D${count}`))).toEqual(unanswered)
      // A tenth of what it would take if each waited for its deadline.
      expect(performance.now() - startedAt).toBeLessThan(10 * claimMs)
      shop.server = await startServerAt(shop.folder, shop.port)
      await until(() => one.chain.health().standing === 'open', 'till 1 is back')
      expect(await answered(one, before)).toEqual(won)
    })

    test('SIGKILL while claims are under way: each coupon has at most one winner, and what was won is won', async () => {
      const shop = await openShop()
      const tills = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const stopping = new AbortController()
      const winners = new Map<string, string[]>()
      async function trade(till: (typeof tills)[number]): Promise<void> {
        for (let index = 0; index < 1500 && !stopping.signal.aborted; index += 1) {
          const claim = claimOn(`C${index}`)
          const result = await answered(till, claim, stopping.signal)
          const before = winners.get(claim.couponCode) ?? []
          if (result.outcome === 'won')
            winners.set(claim.couponCode, [...before, claim.useRequestNo])
        }
      }
      const trading = Promise.all(tills.map((till) => trade(till)))
      for (let kill = 0; kill < 2; kill += 1) {
        const before = winners.size
        await until(() => winners.size > before + 100, 'some were won')
        await killServer(shop)
      }
      const before = winners.size
      await until(() => winners.size > before + 100, 'some more were won')
      stopping.abort()
      await trading
      expect([...winners.values()].filter((numbers) => numbers.length !== 1)).toEqual([])
      const [one] = tills
      for (const [couponCode, [useRequestNo]] of winners)
        expect(
          await answered(one, { ...claimOn(couponCode), useRequestNo: useRequestNo ?? '' }),
        ).toEqual(won)
    })

    test('the disk is lost: what was won comes back before anything new is granted', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const held = claimOn('C1')
      expect(await answered(one, held)).toEqual(won)
      one.won.push(held)
      await one.chain.close()
      const before = shop.server.health().gate.incarnation
      await shop.restartServer(() => rmSync(path.join(shop.folder, 'store'), { recursive: true }))
      await until(() => two.chain.health().standing === 'gathering', 'till 2 has found it out')
      await until(() => shop.server.health().gate.missing.length === 1, 'till 2 is ready')
      expect(shop.server.health().gate).toMatchObject({
        isOpen: false,
        missing: [{ name: 'till 1' }],
        lastLoss: 'store-lost',
      })
      expect(shop.server.health().gate.incarnation).not.toBe(before)
      // Till 1 is off with a coupon that it had won: nobody else gets it, nor anything else.
      expect(await two.chain.lock.claim(claimOn('C1'))).toEqual(unanswered)
      const other = claimOn('C2')
      expect(await two.chain.lock.claim(other)).toEqual(unanswered)
      const back = await one.restart()
      await until(() => two.chain.health().standing === 'open', 'till 2 is open')
      expect(await answered(two, claimOn('C1'))).toMatchObject({
        outcome: 'lost',
        useRequestNo: held.useRequestNo,
      })
      expect(await answered(two, other)).toEqual(won)
      expect(await answered(back, held)).toEqual(won)
    })

    test('a person opens without a till that stays off; what it had won and another has now is told to it', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const held = claimOn('C1')
      expect(await answered(one, held)).toEqual(won)
      one.won.push(held)
      await one.chain.close()
      await shop.restartServer(() => rmSync(path.join(shop.folder, 'store'), { recursive: true }))
      await until(() => two.chain.health().standing === 'gathering', 'till 2 has found it out')
      expect(await shop.server.openGate()).toBe(true)
      await until(() => two.chain.health().standing === 'open', 'till 2 is open')
      expect(await answered(two, claimOn('C1'))).toEqual(won)
      const back = await one.restart()
      expect(await answered(back, held)).toMatchObject({ outcome: 'lost', tillId: 'till 2' })
    })

    test('an older copy of the store is noticed by the keeper, and by a till that has seen more', async () => {
      const shop = await openShop()
      const one = await shop.till('till 1')
      expect(await answered(one, claimOn('C1'))).toEqual(won)
      const copy = path.join(shop.folder, 'copy')
      const keeper = path.join(shop.folder, 'keeper.json')
      const store = path.join(shop.folder, 'store')
      await shop.restartServer(() => {
        cpSync(store, copy, { recursive: true })
        cpSync(keeper, `${copy}.json`)
      })
      await until(() => one.chain.health().standing === 'open', 'till 1 is back')
      const later = claimOn('C2')
      expect(await answered(one, later)).toEqual(won)
      const { incarnation } = shop.server.health().gate
      // The whole computer goes back, as a copy of its disk does: only the till can know.
      await shop.restartServer(() => {
        rmSync(store, { recursive: true })
        cpSync(copy, store, { recursive: true })
        cpSync(`${copy}.json`, keeper)
      })
      await until(() => one.chain.health().standing === 'went-back', 'the till has noticed')
      expect(await one.chain.lock.claim(claimOn('C3'))).toEqual(unanswered)
      // A person has the locks begun anew, and the till brings what it had won.
      one.won.push(later)
      await until(() => shop.server.health().line === 'up', 'the keeper is there')
      expect(await shop.server.renewLocks()).toBe(true)
      await until(() => one.chain.health().standing === 'open', 'till 1 is open')
      expect(shop.server.health().gate.incarnation).not.toBe(incarnation)
      expect(await answered(one, later)).toEqual(won)
      // The same again, from before the locks were begun anew: their gate was open then.
      await shop.restartServer(() => {
        rmSync(store, { recursive: true })
        cpSync(copy, store, { recursive: true })
        cpSync(`${copy}.json`, keeper)
      })
      await until(() => one.chain.health().standing === 'went-back', 'the till has noticed again')
      expect(await one.chain.lock.claim(claimOn('C4'))).toEqual(unanswered)
      await until(() => shop.server.health().line === 'up', 'the keeper is there again')
      expect(await shop.server.renewLocks()).toBe(true)
      await until(() => one.chain.health().standing === 'open', 'till 1 is open once more')
      // Only the store goes back: the keeper knows by its own file.
      await shop.restartServer(() => {
        rmSync(store, { recursive: true })
        cpSync(copy, store, { recursive: true })
      })
      await until(
        () => shop.server.health().gate.lastLoss === 'store-went-back',
        'the keeper knows',
      )
      await until(() => one.chain.health().standing === 'open', 'till 1 is open again')
      expect(await answered(one, later)).toEqual(won)
    })

    test('a server with no room: claims are unanswered, records wait, and the log has it', async () => {
      const small = { locks: 20_000, journal: 20_000 }
      const shop = await openShop({ limits: small })
      const one = await shop.till('till 1')
      for (let count = 0; count < 60; count += 1) one.outbox.add({ useRequestNo: `R${count}` })
      await until(() => one.chain.health().journal === 'behind', 'the journal is full')
      let result: ClaimResult = won
      for (let count = 0; count < 200 && result.outcome === 'won'; count += 1)
        result = await one.chain.lock.claim(claimOn(`D${count}`))
      expect(result).toEqual(unanswered)
      expect(one.outbox.waiting()).toBeGreaterThan(0)
      expect(one.faults.map(String).join()).toMatch(/stores nothing.*stores no claim/s)
    })

    test('another server at the same address is not believed', async () => {
      const shop = await openShop()
      const one = await shop.till('till 1')
      await shop.server.stop()
      const other = await startServerAt(path.join(shop.folder, 'other'), shop.port)
      try {
        other.add({ key: one.keys.key, name: 'till 1' })
        await until(() => one.chain.health().line === 'other-server', 'the till has noticed')
        expect(await one.chain.lock.claim(claimOn('C1'))).toEqual(unanswered)
      } finally {
        await other.stop()
      }
    })

    test('a server that was left behind by a killed program is ended, and another one is started', async () => {
      const shop = await openShop()
      await shop.server.stop()
      const file = path.join(shop.folder, 'server.conf')
      const left = spawn(engineHere ?? '', ['-c', file], { stdio: 'ignore' })
      onTestFinished(() => void left.kill('SIGKILL'))
      const pidFile = path.join(shop.folder, 'server.pid')
      await until(
        () => readFileIfThere(pidFile)?.toString('utf8').trim() === String(left.pid),
        'it runs',
      )
      shop.server = await startServerAt(shop.folder, shop.port)
      await until(() => left.exitCode !== null || left.signalCode !== null, 'it has ended')
      await until(() => shop.server.health().engine === 'running', 'another one runs')
      await until(() => shop.server.health().line === 'up', 'it answers')
      expect(shop.server.health().pid).not.toBe(left.pid)
    })

    test('a till that is removed is off at once, and stays off', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const startedAt = performance.now()
      shop.server.remove(one.keys.key)
      await until(() => one.chain.health().line !== 'up', 'it is off')
      // Left to itself it would find out by its ping, after 5 s.
      expect(performance.now() - startedAt).toBeLessThan(4500)
      await until(() => one.chain.health().line === 'not-admitted', 'it says why')
      expect(await one.chain.lock.claim(claimOn('C1'))).toEqual(unanswered)
      expect(await answered(two, claimOn('C1'))).toEqual(won)
    })
  },
)
