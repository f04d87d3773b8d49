import { beforeAll, describe, expect, test } from 'vitest'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import { InjectedFault, faultKinds } from '../../../main/training/faults.ts'
import { cashierTitle, outcomeTables } from '../../support/outcome-tables.ts'
import { createTestGateway, useBody } from '../../support/till-credentials.ts'
import { type Scene, createScene, newRequestNo, patient } from '../../support/wechatpay-scene.ts'

const { faults } = outcomeTables()

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
  return () => scene.close()
})

/** Sent by a till without an open connection: the client would replace an idle one that breaks within the call. */
async function redeem(code: string, useRequestNo: string, totalMs = 30_000) {
  const deadlines = { totalMs }
  const gateway = createTestGateway(scene.till, { origins: [scene.standIn.origin], deadlines })
  const body = useBody({ code, appid: scene.till.appid, useRequestNo })
  const outcome = judgeReply(await gateway.useCoupon(body, patient))
  await gateway.close()
  return outcome
}

async function freshCode(): Promise<string> {
  await scene.control.renewSamples({})
  return scene.sample()
}

/** Returns what the ledger has for one coupon. */
async function effectsOf(code: string) {
  const { effects } = await scene.control.ledger({})
  return effects.filter((effect) => effect.code === code)
}

/** Further properties that some kinds of fault need. */
const details: Record<string, object> = {
  'delay-before-effect': { ms: 60_000 },
  'delay-after-effect': { ms: 60_000 },
  redirect: { location: 'http://127.0.0.1:9/login' },
  'rate-limit': { retryAfterSeconds: 7 },
}

describe('faults', () => {
  const rows = faults.filter((row) => row['proven by'] === 'fault-rows.test.ts')
  test.each(rows)('$fault', async (row) => {
    const { control } = scene
    const [code, number] = [await freshCode(), newRequestNo()]
    await control.addFault(InjectedFault.parse({ kind: row.fault, ...details[row.fault] }))

    // The request has arrived by then, and only a delayed reply has not.
    const totalMs = row.fault.startsWith('delay') ? 2000 : undefined
    const outcome = await redeem(code, number, totalMs)
    expect(outcome).toMatchObject({ kind: row.outcome, reason: row.reason })
    expect(await effectsOf(code)).toHaveLength(row.booked === 'yes' ? 1 : 0)
    expect(cashierTitle(row.reason)).toBe(row['cashier reads'])

    expect(await redeem(code, number)).toMatchObject({ kind: 'confirmed' })
    expect(await effectsOf(code)).toMatchObject([{ useRequestNo: number }])
    expect((await control.ledger({})).faults.at(-1)).toMatchObject({ fault: row.fault })
  })

  test('a wait that WeChat Pay asks for is passed on', async () => {
    await scene.control.addFault({ kind: 'rate-limit', retryAfterSeconds: 7 })
    const outcome = await redeem(await freshCode(), newRequestNo())
    expect(outcome).toMatchObject({ retryAfterMs: 7000, reached: true })
  })

  test.each(['bad-gateway', 'accepted-202'] as const)('%s after the effect', async (kind) => {
    const [code, number] = [await freshCode(), newRequestNo()]
    await scene.control.addFault({ kind, effect: true })
    expect(await redeem(code, number)).toMatchObject({ kind: 'unknown' })
    expect(await redeem(code, number)).toMatchObject({ kind: 'confirmed' })
    expect(await effectsOf(code)).toMatchObject([{ replays: 1 }])
  })
})

test('every kind of fault is in the table', () => {
  const inTable = ['error', ...faults.map((row) => row.fault)]
  expect(inTable.toSorted()).toEqual(faultKinds().toSorted())
})
