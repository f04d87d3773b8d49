import { alone, joined, replyWith, server, till } from '../support/chain-replies.ts'
import { expectWords } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { expectAccessible } from './expect-accessible.ts'

test('the settings of a shop of tills say how it is and what to do, in every state', async ({
  till: app,
}) => {
  const { page } = app
  const panel = page.getByTestId('chain')
  await replyWith(app, 'chain.read', alone)
  await replyWith(app, 'chain.findProgram', [])
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-chain').click()
  await expect(panel).toHaveAttribute('data-kind', 'alone')
  await expectAccessible(app, 'alone')

  // By keyboard alone: both fields, no input method, and a refusal that says what to do.
  await replyWith(app, 'chain.join', { ok: false, error: { code: 'no-code' } })
  const join = page.getByTestId('chain-join')
  await expect(join).toBeDisabled()
  await page.getByRole('textbox').first().focus()
  await typeAsPerson(page, '192.168.1.20')
  await page.keyboard.press('Tab')
  // A zero is in no code, and is not taken.
  await typeAsPerson(page, 'k7mq 04xph')
  await expect(page.getByRole('textbox').last()).toHaveText('K7MQ 4XPH')
  await expect(join).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('chain-fault')).toHaveAttribute('data-code', 'no-code')
  await expectWords(page, 'chain-fault', {
    'zh-CN': /请在主机上点“显示连接码”/,
    en: /Press “Show a joining code” there/,
  })
  await page.getByRole('radio').last().check({ force: true })
  await expect(page.getByTestId('chain-no-program')).toContainText('2.10.27')
  await expect(page.getByTestId('chain-become-server')).toBeDisabled()
  await expectAccessible(app, 'server form')

  await replyWith(app, 'chain.read', { ...alone, joined: { ...joined, state: 'no-server' } })
  await expect(panel).toHaveAttribute('data-kind', 'joined')
  await expectWords(page, 'chain-state', {
    'zh-CN': /^主机连不上/,
    en: /^The server does not answer/,
  })
  await expectAccessible(app, 'joined')

  await replyWith(app, 'chain.read', { ...alone, joined, server })
  await expect(page.getByTestId('chain-code')).toContainText('K7MQ 4XPH')
  await expect(page.getByTestId('chain-code-left')).toContainText('9:03')
  await expectAccessible(app, 'server')

  const missing = [{ key: till('T02', false).key, name: 'T02' }]
  const gate = { state: 'gathering', missing, lastLoss: 'store-lost' } as const
  await replyWith(app, 'chain.read', { ...alone, joined, server: { ...server, gate } })
  await expect(page.getByTestId('chain-missing')).toContainText('T02')
  await page.getByTestId('chain-open-gate').press('Enter')
  await expectAccessible(app, 'gate')
  await expectWords(page, 'chain-question', { 'zh-CN': /损失归本店/, en: /at the shop's expense/ })
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('chain-question')).toHaveCount(0)
})
