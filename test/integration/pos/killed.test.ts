import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Dice } from '../../simulation/dice.ts'
import { posKillRounds } from '../../support/pos-kill-rounds.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

// Many more: npm run kill -- --pos
test(
  'a till or a POS that ends between order and answer redeems nothing twice, and deducts once',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder()
    onTestFinished(() => folder.remove())
    const report = await posKillRounds(path.join(folder.path, 'till.db'), 8, new Dice(7).random)
    expect(report).toEqual({ kills: 8, booked: 8, violations: [] })
  },
)
