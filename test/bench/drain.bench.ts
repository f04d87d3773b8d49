import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { systemScheduler } from '../../main/app/system-scheduler.ts'
import { judgeReply } from '../../main/redemption/judge-reply.ts'
import { createTill } from '../../main/redemption/till.ts'
import { defaultLimits } from '../../main/redemption/till-parts.ts'
import { openTestStore } from '../support/open-test-store.ts'
import { onlyPcClock, plainRules } from '../support/plain-till-parts.ts'
import type { BenchRow } from './bench-row.ts'
import { seeded } from './corpus/random.ts'
import { appid, openLoopbackGateway } from './loopback-gateway.ts'
import { benchRedemption, record } from './store/bench-redemption.ts'

const entries = 10_000
const perSecond = 50
const random = seeded(11)

/**
 * Settles the queue of a long outage, signed, sent, verified, judged and written, compared with WeChat Pay's rate
 * limit.
 */
export async function bench(): Promise<BenchRow[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-drain-'))
  const loopback = await openLoopbackGateway()
  const store = openTestStore(path.join(folder, 'till.db'))
  try {
    for (let entry = 0; entry < entries; entry += 1) record(store, benchRedemption(appid, random))
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const till = createTill({
      identity: { tillId: 'B1', appid },
      gateway: loopback.gateway,
      judgeReply,
      store,
      clocks: onlyPcClock(Date.now),
      random,
      scheduler: systemScheduler,
      rules: plainRules,
      limits: { ...defaultLimits, perSecond },
      isCounterInFront: () => true,
      onFault: reject,
    })
    till.subscribe(() => {
      if (store.open.counts().waiting === 0) resolve()
    })
    const startedAt = performance.now()
    till.start()
    await promise
    const ours = entries / ((performance.now() - startedAt) / 1000)
    till.stop()
    const measure = 'drain 10,000 queued over loopback, per s, against a limit of 50'
    return [
      { measure, ours, peer: perSecond, ratio: ours / perSecond, goal: 0.95, better: 'higher' },
    ]
  } finally {
    store.close()
    await loopback.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
