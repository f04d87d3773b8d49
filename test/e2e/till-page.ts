import { expect, type Page } from '@playwright/test'
import type { Verdict } from '../../main/contract/counter.ts'
import type { SampleCoupon } from '../../main/contract/snapshot.ts'
import type { SpawnedStandIn } from '../support/spawn-stand-in.ts'

/** Reads the till screen for a test. */
export class TillPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  async expectVerdict(tone: Verdict['tone'], reason: Verdict['reason']): Promise<void> {
    const verdict = this.page.getByTestId('verdict')
    await expect(verdict).toHaveAttribute('data-reason', reason)
    await expect(verdict).toHaveAttribute('data-tone', tone)
  }

  async expectWaiting(count: number): Promise<void> {
    await expect(this.page.getByTestId('queue-count')).toHaveAttribute('data-count', String(count))
  }

  async expectConnection(state: string): Promise<void> {
    await expect(this.page.getByTestId('connection')).toHaveAttribute('data-state', state)
  }
}

/**
 * Returns the codes of the stand-in's samples of one kind: three valid ones, or one of another kind. They exist once a
 * till has enrolled.
 */
export async function sampleCodes(
  standIn: SpawnedStandIn,
  kind: SampleCoupon['kind'],
): Promise<[string, ...string[]]> {
  const samples = await standIn.control.samples({})
  const [first, ...others] = samples.flatMap((entry) => (entry.kind === kind ? [entry.code] : []))
  if (first === undefined) throw new Error(`the stand-in has no sample that is ${kind}`)
  return [first, ...others]
}
