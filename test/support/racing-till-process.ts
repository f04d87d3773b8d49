// node test/support/racing-till-process.ts SETUP: one till of test/chain-rounds, in a process of its own.
import { setTimeout as sleep } from 'node:timers/promises'
import { openChain } from '../../main/chain/chain.ts'
import type { ChainState } from '../../main/chain/memory.ts'
import type { RaceOrder, RaceResult, RacerSetup } from '../chain-rounds/protocol.ts'
import { createMemoryOutbox } from './memory-outbox.ts'

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by test/chain-rounds/run.ts
const setup = JSON.parse(process.argv[2] ?? '') as RacerSetup
const outbox = createMemoryOutbox()
const heard = new Map<string, number>()
const faults: string[] = []
let state: ChainState | null = null
const chain = openChain({
  ...setup,
  chainKey: Buffer.from(setup.chainKey, 'base64'),
  memory: {
    read: () => state,
    write(next) {
      state = next
    },
  },
  outbox,
  heldClaims: () => [],
  hear(peers) {
    for (const { useRequestNo } of peers)
      heard.set(useRequestNo, (heard.get(useRequestNo) ?? 0) + 1)
  },
  random: Math.random,
  onFault: (cause) => faults.push(String(cause)),
})

process.on('message', (order: RaceOrder) => {
  race(order).then(
    (result) => process.send?.(result),
    (cause: unknown) => {
      console.error(cause)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))

async function race({ codes, round, pace }: RaceOrder): Promise<RaceResult> {
  const won: string[] = []
  const tookWon: number[] = []
  const tookLost: number[] = []
  let unanswered = 0
  for (const couponCode of codes) {
    if (pace > 0) await sleep(Math.random() * pace)
    const claim = {
      couponCode,
      stockId: null,
      useRequestNo: `${setup.tillId}-${couponCode}`,
      at: Date.now(),
    }
    const startedAt = performance.now()
    let result = await chain.lock.claim(claim)
    const took = performance.now() - startedAt
    if (result.outcome === 'unanswered') unanswered += 1
    else if (result.outcome === 'won') tookWon.push(took)
    else tookLost.push(took)
    while (result.outcome === 'unanswered') {
      await sleep(20)
      result = await chain.lock.claim(claim)
    }
    if (result.outcome === 'won') {
      won.push(couponCode)
      outbox.add({ couponCode, useRequestNo: claim.useRequestNo })
    }
  }
  while (outbox.waiting() > 0) await sleep(10)
  // What the others sent last is on its way.
  await sleep(1000)
  const heardTwice = [...heard.values()].filter((times) => times > 1).length
  return { round, won, tookWon, tookLost, unanswered, heard: heard.size, heardTwice, faults }
}
