import path from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { systemScheduler } from '../../main/app/system-scheduler.ts'
import { judgeReply } from '../../main/redemption/judge-reply.ts'
import { createTill, type Till } from '../../main/redemption/till.ts'
import { defaultLimits } from '../../main/redemption/till-parts.ts'
import { onlyPcClock, plainRules } from '../support/plain-till-parts.ts'
import type { Store } from '../../main/store/store.ts'
import { type FaultyLine, openFaultyLine } from '../support/faulty-line.ts'
import { openTestStore } from '../support/open-test-store.ts'
import { scanOf } from '../support/scan-of.ts'
import { temporaryFolder } from '../support/store-fixture.ts'
import { createTestGateway } from '../support/till-credentials.ts'
import { createScene, type Scene } from '../support/wechatpay-scene.ts'

let scene: Scene
let learned: FaultyLine['passed'] | undefined

beforeAll(async () => {
  scene = await createScene()
  return () => scene.close()
})

/** Opens a whole till, on a file and over a socket; only the line in between is unreliable. */
async function openShop(): Promise<{ till: Till; store: Store; line: FaultyLine; code: string }> {
  const folder = temporaryFolder()
  const store = openTestStore(path.join(folder.path, 'till.db'))
  const line = await openFaultyLine(scene.standIn.origin)
  const gateway = createTestGateway(scene.till, {
    origins: [line.origin],
    deadlines: { totalMs: 400 },
  })
  const till = createTill({
    identity: { tillId: 'T1', appid: scene.till.appid },
    gateway,
    judgeReply,
    store,
    clocks: onlyPcClock(Date.now),
    random: Math.random,
    scheduler: systemScheduler,
    rules: plainRules,
    limits: { ...defaultLimits, patienceMs: 1000 },
    isCounterInFront: () => true,
    onFault(cause) {
      throw cause
    },
  })
  till.start()
  onTestFinished(async () => {
    till.stop()
    await gateway.close()
    store.close()
    folder.remove()
  })
  await scene.control.renewSamples({})
  return { till, store, line, code: await scene.sample() }
}

async function settled(till: Till, useRequestNo: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const look = (): void => {
    const found = till.state().recent.find((entry) => entry.useRequestNo === useRequestNo)
    if (found && found.state !== 'pending') resolve(found.state)
  }
  till.subscribe(look)
  look()
  return promise
}

/** Returns how many bytes one redemption takes in each direction on a line without faults. */
async function lengths(): Promise<FaultyLine['passed']> {
  if (learned) return learned
  const { till, line, code } = await openShop()
  expect(await till.redeem(scanOf(code))).toMatchObject({ tone: 'green' })
  learned = { ...line.passed }
  return learned
}

const parts = [0, 1, 2, 3, 4].map((quarter) => quarter / 4)
const hows = ['reset', 'end', 'stall', 'drip'] as const
const faults = (['request', 'reply'] as const).flatMap((direction) =>
  hows.flatMap((how) => parts.map((part) => ({ direction, how, part }))),
)

test.each(faults)(
  'a $direction that meets "$how" after $part of it is settled once',
  async (of) => {
    const { direction, how, part } = of
    const length = await lengths()
    const { till, line, code, store } = await openShop()
    // Everything but the last byte is the latest place at which something can be missing.
    const after = Math.min(Math.floor(length[direction] * part), length[direction] - 1)
    line.fault = { direction, how, after }
    const shown = await till.redeem(scanOf(code))
    // A slow line does no harm. After every other fault the outcome is unknown for now.
    expect(shown.tone).toBe(how === 'drip' && part === 1 ? 'green' : 'amber')
    const useRequestNo = shown.redemption?.useRequestNo ?? ''

    line.fault = null
    till.syncNow()
    expect(await settled(till, useRequestNo)).toBe('redeemed')
    const { effects } = await scene.control.ledger({})
    expect(effects.filter((effect) => effect.code === code)).toMatchObject([{ useRequestNo }])
    expect(store.open.counts()).toMatchObject({ waiting: 0, review: 0 })
  },
)
