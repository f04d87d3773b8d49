import { afterAll, onTestFinished } from 'vitest'
import { AnchoredTill } from './anchored-till.ts'
import { createMerchantMaterial } from './merchant-material.ts'

const material = createMerchantMaterial()
let model: Promise<AnchoredTill> | null = null
afterAll(async () => (await model)?.dispose())

/** A live till with an owner, a cashier, an open shift and some redemptions, closed. Removed after the test. */
export async function tradingTill(): Promise<AnchoredTill> {
  // Made once, because hashing PINs takes long, and then copied.
  model ??= makeModel()
  return disposed(await (await model).clone())
}

/** A live till that was never opened. Removed after the test. */
export async function newTill(): Promise<AnchoredTill> {
  return disposed(await AnchoredTill.make(await material))
}

async function makeModel(): Promise<AnchoredTill> {
  const till = await AnchoredTill.make(await material)
  await till.start()
  await till.hire()
  till.shop.shifts.open('小陈')
  await till.close()
  await till.record(1, 2, 3)
  await till.start()
  await till.close()
  return till
}

function disposed(till: AnchoredTill): AnchoredTill {
  onTestFinished(() => till.dispose())
  return till
}

export function staffOf(till: AnchoredTill): string[] {
  return till.shop.session.view().staff.map(({ name }) => name)
}

export function lastAudit(till: AnchoredTill): unknown {
  return till.ask('SELECT event, evidence FROM audit ORDER BY id DESC LIMIT 1')[0]
}
