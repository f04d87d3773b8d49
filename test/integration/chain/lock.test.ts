import { describe, expect, test } from 'vitest'
import { noEngine } from '../../support/engine-here.ts'
import { until } from '../../support/server-of-shop.ts'
import { answered, claimOn, openShop } from '../../support/shop-of-tills.ts'

describe.skipIf(noEngine !== null)(
  `the lock of a shop${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    test('is won by the first till; the second hears who has it, and a restart changes nothing', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const first = claimOn('C1')
      expect(await answered(one, first)).toEqual({ outcome: 'won' })
      const second = claimOn('C1')
      const lost = {
        outcome: 'lost',
        tillId: 'till 1',
        useRequestNo: first.useRequestNo,
        at: first.at,
      }
      expect(await answered(two, second)).toEqual(lost)
      // The same code in another batch is another coupon.
      expect(await answered(two, claimOn('C1', { stockId: 'B' }))).toEqual({
        outcome: 'won',
      })

      const again = await one.restart()
      expect(await answered(again, first)).toEqual({ outcome: 'won' })
      expect(await answered(again, claimOn('C1'))).toEqual(lost)
      // Handed over: the number is the claim, whoever asks.
      expect(await answered(two, first)).toEqual({ outcome: 'won' })
      expect([...one.faults, ...two.faults]).toEqual([])
    })

    test('is free for the next once it was released, and the released number never has it again', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const first = claimOn('C1')
      expect(await answered(one, first)).toEqual({ outcome: 'won' })
      one.chain.lock.release(first)
      const second = claimOn('C1')
      await expect.poll(() => two.chain.lock.claim(second)).toEqual({ outcome: 'won' })
      expect(await answered(one, first)).toMatchObject({ outcome: 'lost', tillId: 'till 2' })
      two.chain.lock.release(second)
      await expect.poll(() => one.chain.lock.claim(first)).toEqual({ outcome: 'unanswered' })
      // Nothing was left behind by asking: the third generation is the next one's.
      const third = claimOn('C1')
      expect(await answered(one, third)).toEqual({ outcome: 'won' })
      expect(await answered(two, claimOn('C1'))).toMatchObject({
        outcome: 'lost',
        useRequestNo: third.useRequestNo,
      })
    })

    test('a release also ends a claim that lands after it', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const late = claimOn('C1')
      one.chain.lock.release(late)
      await until(() => one.state()?.releases.length === 0, 'the release arrived')
      expect(await one.chain.lock.claim(late)).toEqual({ outcome: 'unanswered' })
      expect(await answered(two, claimOn('C1'))).toEqual({ outcome: 'won' })
    })

    test('two tills race for 1,000 codes: each has one winner, whom the other names', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const tills = [one, two]
      const ends = new Map<string, number>()
      for (let index = 0; index < 1000; index += 1) {
        const [ahead, behind] = index % 2 === 0 ? tills : tills.toReversed()
        if (ahead === undefined || behind === undefined) throw new Error('two tills')
        const mine = claimOn(`C${index}`)
        const theirs = claimOn(`C${index}`)
        const results = await Promise.all([
          ahead.chain.lock.claim(mine),
          behind.chain.lock.claim(theirs),
        ])
        const winner = results[0].outcome === 'won' ? mine : theirs
        const named = results.map((result) =>
          result.outcome === 'lost'
            ? `lost to ${result.useRequestNo === winner.useRequestNo ? 'the winner' : 'a stranger'}`
            : result.outcome,
        )
        const end = named.toSorted((a, b) => a.localeCompare(b)).join(' ')
        ends.set(end, (ends.get(end) ?? 0) + 1)
      }
      expect([...ends]).toEqual([['lost to the winner won', 1000]])
    })
  },
)
