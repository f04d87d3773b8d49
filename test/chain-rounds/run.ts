// npm run chain-rounds [-- --rounds 20 --tills 4 --codes 250 --pace 0 --calm]
//
// Tills in processes of their own fight over the same coupons at a real server, which is killed, and stalled, at random instants.
// After each round every coupon has one winner, and every record is in the journal once and was heard by every till.
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { runTask } from '../../build/project.ts'
import type { ShopServer } from '../../main/chain/server/shop-server.ts'
import { createTillKey } from '../../main/chain/till-key.ts'
import type { RaceOrder, RaceResult, RacerSetup } from './protocol.ts'
import { startRoundServer } from './round-server.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    tills: { type: 'string', default: '4' },
    codes: { type: 'string', default: '250' },
    calm: { type: 'boolean', default: false },
    /** Milliseconds between two claims of a till, at most. */
    pace: { type: 'string', default: '0' },
  },
})
const rounds = Number(values.rounds)
const tillCount = Number(values.tills)
const codeCount = Number(values.codes)
/** More, and the server would be down most of the time: it is started again ever later. */
const faultsARound = 2

await runTask(async () => {
  const { server, port, remove } = await startRoundServer('chain-rounds', () => undefined)
  const chainKey = randomBytes(32).toString('base64')
  const tills = Array.from({ length: tillCount }, (_, index) => {
    const { key, seed } = createTillKey()
    const tillId = `till ${index + 1}`
    server.add({ key, name: tillId })
    const setup: RacerSetup = {
      address: `127.0.0.1:${port}`,
      authority: server.authority,
      seed,
      chainKey,
      tillId,
    }
    return fork(path.join(import.meta.dirname, '../support/racing-till-process.ts'), [
      JSON.stringify(setup),
    ])
  })
  try {
    return await runRounds(server, tills)
  } finally {
    for (const till of tills) till.disconnect()
    await remove()
  }
})

async function runRounds(server: ShopServer, tills: readonly ChildProcess[]): Promise<number> {
  const tookWon: number[] = []
  const tookLost: number[] = []
  let kills = 0
  let stalls = 0
  let unanswered = 0
  let recordsOfAll = 0
  let failures = 0
  for (let round = 1; round <= rounds; round += 1) {
    const codes = Array.from({ length: codeCount }, (_, index) => `${round}-${index}`)
    const results = tills.map((till) =>
      ask(till, { round, codes: shuffled(codes), pace: Number(values.pace) }),
    )
    const fault = { isOver: false }
    const breaking = values.calm ? Promise.resolve() : breakServer(server, fault)
    const ended = await Promise.all(results)
    fault.isOver = true
    await breaking
    const winners = new Map<string, number>()
    for (const result of ended) {
      for (const code of result.won) winners.set(code, (winners.get(code) ?? 0) + 1)
      recordsOfAll += result.won.length
      tookWon.push(...result.tookWon)
      tookLost.push(...result.tookLost)
      unanswered += result.unanswered
    }
    const wrong = codes.filter((code) => winners.get(code) !== 1)
    // The last records of the others may be on their way.
    const asked = { round, codes: [], pace: 0 }
    let told: readonly RaceResult[] = ended
    for (let tries = 0; tries < 15 && told.some(({ heard }) => heard !== recordsOfAll); tries += 1)
      told = await Promise.all(tills.map((till) => ask(till, asked)))
    const deaf = told.flatMap(({ heard, heardTwice, faults }, index) => {
      const isRight = heard === recordsOfAll && heardTwice === 0 && faults.length === 0
      return isRight
        ? []
        : [
            `till ${index + 1} heard ${heard} of ${recordsOfAll}, ${heardTwice} twice; ${faults.join('; ')}`,
          ]
    })
    if (wrong.length > 0 || deaf.length > 0) {
      failures += 1
      console.log(
        `round ${round}: ${wrong.length} coupons without exactly one winner. ${deaf.join(' | ')}`,
      )
    } else if (round % 10 === 0 || round === rounds)
      console.log(`round ${round} of ${rounds}: right`)
  }
  console.log(
    `won at once: ${spread(tookWon)}; lost at once: ${spread(tookLost)}; answered later: ${unanswered}.`,
  )
  console.log(`The server was killed ${kills} times and stalled ${stalls} times.`)
  return failures

  async function breakServer(of: ShopServer, until: { isOver: boolean }): Promise<void> {
    for (let count = 0; count < faultsARound; count += 1) {
      await sleep(randomInt(100, 900))
      const { pid } = of.health()
      if (until.isOver) return
      if (pid === null) continue
      if (randomInt(3) > 0) {
        kills += 1
        process.kill(pid, 'SIGKILL')
        await sleep(600)
      } else {
        stalls += 1
        process.kill(pid, 'SIGSTOP')
        await sleep(randomInt(200, 1500))
        process.kill(pid, 'SIGCONT')
      }
    }
  }
}

function spread(took: readonly number[]): string {
  const sorted = took.toSorted((one, other) => one - other)
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2)
  return `${took.length}, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}

function ask(till: ChildProcess, order: RaceOrder): Promise<RaceResult> {
  return new Promise((resolve, reject) => {
    const onMessage = (result: RaceResult): void => {
      till.off('exit', onExit)
      resolve(result)
    }
    const onExit = (): void => reject(new Error('a till ended'))
    till.once('message', onMessage)
    till.once('exit', onExit)
    till.send(order)
  })
}

function shuffled(codes: readonly string[]): string[] {
  const left = [...codes]
  const shuffledCodes: string[] = []
  while (left.length > 0) shuffledCodes.push(...left.splice(randomInt(left.length), 1))
  return shuffledCodes
}
