import type { ChainSetup } from '../../main/contract/chain.ts'
import { alone, joined, replyWith, server, till } from '../support/chain-replies.ts'
import type { Scene } from './scene.ts'

const program = { file: '/usr/sbin/nats-server', version: '2.10.27', fault: null }
const missing = [{ key: till('T02', false).key, name: 'T02' }]
const gathering = { state: 'gathering', missing, lastLoss: 'store-lost' } as const
const noCode = { ...server.pairing, code: null, leftMs: 0, attemptsLeft: 0 }

/** Pictures the settings of a shop of several tills. */
export async function takeChain({ till: app, page, shoot }: Scene): Promise<void> {
  const show = async (setup: ChainSetup, kind: string): Promise<void> => {
    await replyWith(app, 'chain.read', setup)
    await page
      .getByTestId('chain')
      .and(page.locator(`[data-kind="${kind}"]`))
      .waitFor()
  }
  await replyWith(app, 'chain.read', alone)
  await replyWith(app, 'chain.findProgram', [program])
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-chain').click()
  await show(alone, 'alone')
  await shoot('chain-join')
  await page.getByRole('radio').last().check({ force: true })
  await page.getByTestId('chain-become-server').scrollIntoViewIfNeeded()
  await shoot('chain-become-server')
  await show({ ...alone, joined: { ...joined, state: 'no-server' } }, 'joined')
  await shoot('chain-joined')
  await show({ ...alone, joined, server }, 'server')
  await page.getByTestId('chain-code').waitFor()
  await shoot('chain-server')
  await page.getByTestId('chain-stop').scrollIntoViewIfNeeded()
  await shoot('chain-server-more')
  await show(
    { ...alone, joined, server: { ...server, gate: gathering, pairing: noCode } },
    'server',
  )
  await page.getByTestId('chain-missing').waitFor()
  await page.getByTestId('chain-missing').scrollIntoViewIfNeeded()
  await shoot('chain-gathering')
  await page.getByTestId('chain-open-gate').click()
  await page.getByTestId('chain-question').waitFor()
  await shoot('chain-open-gate')
}
