import type { Page } from '@playwright/test'
import type { SampleCoupon } from '../../main/contract/snapshot.ts'

/** Hands out each training coupon once, and asks the till for new ones when a kind has run out. */
export class SampleSupply {
  readonly #page: Page
  readonly #handedOut = new Set<string>()

  constructor(page: Page) {
    this.#page = page
  }

  async take(kind: SampleCoupon['kind']): Promise<string> {
    const isFresh = (sample: SampleCoupon) =>
      sample.kind === kind && !this.#handedOut.has(sample.code)
    const fresh =
      (await this.#ask('samples')).find(isFresh) ?? (await this.#ask('renewSamples')).find(isFresh)
    if (fresh === undefined) throw new Error(`the till offers no new sample of kind ${kind}`)
    this.#handedOut.add(fresh.code)
    return fresh.code
  }

  async #ask(name: 'samples' | 'renewSamples'): Promise<SampleCoupon[]> {
    const reply = await this.#page.evaluate((request) => window.till.training[request]({}), name)
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}`)
    return reply.value
  }
}

export async function setTrainingNetwork(page: Page, network: 'up' | 'cut'): Promise<void> {
  const reply = await page.evaluate(
    (value) => window.till.training.setNetwork({ network: value }),
    network,
  )
  if (!reply.ok) throw new Error(`setTrainingNetwork: ${reply.error.code}`)
}
